package dev.godwit.spi.error;

/** The run was cancelled, by a signal or because another part of it failed. */
public final class CancelledException extends GodwitException {
  private static final long serialVersionUID = 1L;

  /** With the exit code of what cancelled the run. */
  public CancelledException(ExitCode exitCode) {
    super(exitCode, "cancelled");
  }

  /**
   * With what is to be done now.
   *
   * @param hint what to do
   * @param cause what the run failed with because of it
   */
  public CancelledException(ExitCode exitCode, String hint, Throwable cause) {
    super(exitCode, "cancelled", hint, cause);
  }

  /** Whether a signal cancelled the run, and not a part of it that failed. */
  public boolean bySignal() {
    return exitCode() == ExitCode.INTERRUPTED || exitCode() == ExitCode.TERMINATED;
  }
}
