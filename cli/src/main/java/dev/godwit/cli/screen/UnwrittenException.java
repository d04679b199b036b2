package dev.godwit.cli.screen;

import java.io.IOException;
import java.util.Optional;

/** What our output goes to takes no more of it, such as a disk that is full. */
public final class UnwrittenException extends IOException {
  private static final long serialVersionUID = 1L;

  UnwrittenException(IOException cause) {
    super("cannot write the output: " + cause.getMessage(), cause);
  }

  /** The one that a failure comes from. */
  static Optional<UnwrittenException> behind(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof UnwrittenException found) {
        return Optional.of(found);
      }
    }
    return Optional.empty();
  }
}
