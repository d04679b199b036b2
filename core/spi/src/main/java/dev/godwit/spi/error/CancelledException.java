package dev.godwit.spi.error;

/** The run was cancelled, by a signal or because another part of it failed. */
public final class CancelledException extends GodwitException {
  private static final long serialVersionUID = 1L;

  /** With the exit code of what cancelled the run. */
  public CancelledException(ExitCode exitCode) {
    super(exitCode, "cancelled");
  }
}
