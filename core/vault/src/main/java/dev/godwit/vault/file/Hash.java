package dev.godwit.vault.file;

import dev.godwit.spi.record.Sha256;
import java.util.HexFormat;

/** The hash of files: SHA-256, in hexadecimal digits. */
public final class Hash {
  private Hash() {}

  /** The hash of some bytes. */
  public static String of(byte[] bytes) {
    return HexFormat.of().formatHex(Sha256.begin().digest(bytes));
  }
}
