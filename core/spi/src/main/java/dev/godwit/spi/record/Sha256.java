package dev.godwit.spi.record;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** The hash by which large values and stored bytes are known: SHA-256 of FIPS 180-4. */
public final class Sha256 {
  private Sha256() {}

  /** A new one, that has seen no bytes. */
  public static MessageDigest begin() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // every Java has it
    }
  }
}
