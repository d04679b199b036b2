package dev.godwit.vault.block;

import com.github.luben.zstd.util.Native;
import dev.godwit.spi.error.ExitCode;
import dev.godwit.spi.error.GodwitException;

/**
 * The library that compresses. It comes with Godwit, and the system loads it from a file that is
 * put into the temporary folder for that moment.
 */
public final class ZstdLibrary {
  private ZstdLibrary() {}

  /**
   * Loads it, unless it is loaded. Whoever compresses calls this first: of classes that need it and
   * find it missing Java tells only that they do not begin.
   *
   * @throws GodwitException {@code FAILED} where that cannot be done, as from a folder that is full
   *     or of which nothing may be run
   */
  public static void require() {
    try {
      Native.load();
    } catch (LinkageError e) {
      throw new GodwitException(
          ExitCode.FAILED,
          "cannot load the library that compresses from "
              + System.getProperty("java.io.tmpdir")
              + ": "
              + reason(e),
          "it takes a folder with room from which programs may be run:"
              + " GODWIT_JAVA_OPTS=-Djava.io.tmpdir=FOLDER",
          e);
    }
  }

  /** The system's own words, behind the names of the file. */
  private static String reason(LinkageError failure) {
    String line = String.valueOf(failure.getMessage()).lines().findFirst().orElse("");
    return line.substring(line.lastIndexOf(": ") < 0 ? 0 : line.lastIndexOf(": ") + 2);
  }
}
