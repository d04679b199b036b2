package dev.godwit.mapping.mask;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The blanks that a store puts behind each text of a column of fixed length. */
final class Blanks {
  private Blanks() {}

  /** The text without them: as many as a column has tell nothing of its value. */
  static byte[] without(byte[] text) {
    int length = text.length;
    while (length > 0 && text[length - 1] == ' ') {
      length--;
    }
    return length == text.length ? text : Arrays.copyOf(text, length);
  }

  /** The text as the store gives it back, of so many characters at least. */
  static byte[] to(int characters, byte[] text) {
    String read = new String(text, StandardCharsets.UTF_8);
    int lacking = characters - read.codePointCount(0, read.length());
    if (lacking <= 0) {
      return text;
    }
    byte[] filled = Arrays.copyOf(text, text.length + lacking);
    Arrays.fill(filled, text.length, filled.length, (byte) ' ');
    return filled;
  }
}
