package dev.godwit.spi.error;

import java.util.Optional;

/**
 * A failure that a person can act on: what happened, to which thing, and what to do.
 *
 * <p>The message is one line without a final full stop; it names the thing (a file, a dataset, a
 * host) and never holds a secret. The hint, where there is one, says what to do next.
 */
public class GodwitException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final ExitCode exitCode;
  private final String hint;

  /** A failure with no advice to give. */
  public GodwitException(ExitCode exitCode, String message) {
    this(exitCode, message, null, null);
  }

  /** A failure with advice. */
  public GodwitException(ExitCode exitCode, String message, String hint) {
    this(exitCode, message, hint, null);
  }

  /**
   * A failure with advice and a cause.
   *
   * @param hint what to do, or null
   * @param cause what led to it, shown only with {@code --debug}; may be null
   */
  public GodwitException(ExitCode exitCode, String message, String hint, Throwable cause) {
    super(message, cause);
    this.exitCode = exitCode;
    this.hint = hint;
  }

  /** The status that the process exits with when nothing handles this. */
  public final ExitCode exitCode() {
    return exitCode;
  }

  /** What to do about it. */
  public final Optional<String> hint() {
    return Optional.ofNullable(hint);
  }
}
