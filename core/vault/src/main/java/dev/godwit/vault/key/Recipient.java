package dev.godwit.vault.key;

import java.util.HexFormat;

/** Somebody for whom a vault is made: the public half of an identity. No secret. */
public final class Recipient {
  private static final String PREFIX = "godwit1";

  private final byte[] publicKey;

  Recipient(byte[] publicKey) {
    this.publicKey = publicKey.clone();
  }

  /**
   * Reads what {@code godwit key new} printed.
   *
   * @throws IllegalArgumentException if it is none, with what is wrong as the end of a sentence
   */
  public static Recipient parse(String text) {
    return new Recipient(Coded.key(PREFIX, text.strip()));
  }

  static Recipient ofHex(String publicKey) {
    return new Recipient(HexFormat.of().parseHex(publicKey));
  }

  byte[] publicKey() {
    return publicKey.clone();
  }

  /** In hexadecimal digits. */
  String hex() {
    return HexFormat.of().formatHex(publicKey);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Recipient that && that.hex().equals(hex());
  }

  @Override
  public int hashCode() {
    return hex().hashCode();
  }

  /** The text that {@link #parse} reads: {@code godwit1} and 72 digits. */
  @Override
  public String toString() {
    return Coded.text(PREFIX, publicKey);
  }
}
