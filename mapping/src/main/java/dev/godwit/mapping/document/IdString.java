package dev.godwit.mapping.document;

import dev.godwit.mapping.bytes.Digits;
import dev.godwit.mapping.bytes.GrowingBytes;
import dev.godwit.mapping.bytes.Utf8;

/**
 * Writes text in quotes so that different bytes give different texts: as JSON does, and {@code
 * \xff} for each byte of what is not UTF-8.
 */
final class IdString implements TextWriter {
  private static final byte[] CONTROL = Digits.ascii("\\u00");
  private static final byte[] BYTE = Digits.ascii("\\x");

  @Override
  public void write(byte[] utf8, int from, int length, GrowingBytes out) {
    int to = from + length;
    boolean valid = Utf8.isValid(utf8, from, to);
    out.int1('"');
    for (int at = from; at < to; at++) {
      byte c = utf8[at];
      if (c == '"' || c == '\\') {
        out.int1('\\');
        out.int1(c);
      } else if (c >= 0 && c < 0x20) {
        out.ascii(CONTROL);
        Digits.hex(utf8, at, at + 1, out);
      } else if (c < 0 && !valid) {
        out.ascii(BYTE);
        Digits.hex(utf8, at, at + 1, out);
      } else {
        out.int1(c);
      }
    }
    out.int1('"');
  }
}
