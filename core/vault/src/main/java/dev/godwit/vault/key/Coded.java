package dev.godwit.vault.key;

import dev.godwit.spi.record.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * A key as a word that people copy: a prefix that says what it is, 32 bytes in hexadecimal digits,
 * and 8 digits more that find a slip: the first four bytes of SHA-256 over prefix and key.
 */
final class Coded {
  private static final int KEY = 32;
  private static final int CHECK = 4;

  private Coded() {}

  /** The word for a key. */
  static String text(String prefix, byte[] key) {
    HexFormat hex = HexFormat.of();
    return prefix + hex.formatHex(key) + hex.formatHex(check(prefix, key));
  }

  private static byte[] check(String prefix, byte[] key) {
    var sha256 = Sha256.begin();
    sha256.update(prefix.getBytes(StandardCharsets.US_ASCII));
    return Arrays.copyOf(sha256.digest(key), CHECK);
  }

  /**
   * The key that a word stands for.
   *
   * @throws IllegalArgumentException if it is none; the message does not repeat it
   */
  static byte[] key(String prefix, String text) {
    if (!text.startsWith(prefix)) {
      throw new IllegalArgumentException("does not begin with " + prefix);
    }
    String digits = text.substring(prefix.length());
    if (!digits.matches("[0-9a-f]{" + 2 * (KEY + CHECK) + '}')) {
      throw new IllegalArgumentException(
          "has no " + 2 * (KEY + CHECK) + " digits of 0-9 and a-f behind " + prefix);
    }
    byte[] all = HexFormat.of().parseHex(digits);
    byte[] key = Arrays.copyOf(all, KEY);
    if (!Arrays.equals(check(prefix, key), Arrays.copyOfRange(all, KEY, all.length))) {
      throw new IllegalArgumentException("has a typing error");
    }
    return key;
  }
}
