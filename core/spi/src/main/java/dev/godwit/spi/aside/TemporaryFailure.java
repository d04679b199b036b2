package dev.godwit.spi.aside;

import dev.godwit.spi.error.ExitCode;
import dev.godwit.spi.error.GodwitException;
import dev.godwit.spi.error.IoReason;
import java.io.IOException;

/** Says what a failure of the temporary folder means to a person. */
public final class TemporaryFailure {
  private TemporaryFailure() {}

  /** A temporary file that could not be written or read. */
  public static GodwitException of(IOException cause) {
    return new GodwitException(
        ExitCode.FAILED,
        "cannot set bytes aside in a temporary file: " + IoReason.of(cause),
        "it takes a folder with room that this user may write, and "
            + System.getProperty("java.io.tmpdir")
            + " is not: GODWIT_JAVA_OPTS=-Djava.io.tmpdir=FOLDER",
        cause);
  }
}
