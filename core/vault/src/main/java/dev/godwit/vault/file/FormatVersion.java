package dev.godwit.vault.file;

import dev.godwit.spi.error.ExitCode;
import dev.godwit.spi.error.GodwitException;

/**
 * The number of the formats of VOLUME-FORMAT.md and VAULT-FORMAT.md: every file says it, and one
 * number is for all of them. Version 1 is frozen, and read by every version of Godwit to come.
 */
public final class FormatVersion {
  /** The version that this code writes and reads. */
  public static final int CURRENT = 1;

  private FormatVersion() {}

  /**
   * What is wrong with a file of a version, as the end of a sentence that begins with its name;
   * null where it can be read.
   */
  public static String wrong(int version) {
    if (version == CURRENT) {
      return null;
    }
    if (version < 0) {
      return "says no format";
    }
    return "has the format "
        + version
        + (version > CURRENT ? ", which is newer than this Godwit" : ", which was never frozen");
  }

  /**
   * Looks whether this code can read a file.
   *
   * @param what which file, in which place
   * @throws GodwitException {@code TOO_NEW} if a newer Godwit wrote it; {@code FAILED} if one did
   *     before the formats were frozen
   */
  public static void require(int version, String what) {
    if (version != CURRENT) {
      throw version > CURRENT
          ? new GodwitException(
              ExitCode.TOO_NEW, what + ' ' + wrong(version), "read it with a newer Godwit")
          : new GodwitException(
              ExitCode.FAILED,
              what + ' ' + wrong(version),
              "restore it with the Godwit that wrote it, and back up into a new vault");
    }
  }
}
