package dev.godwit.mapping.keyvalue;

import dev.godwit.mapping.bytes.Digits;
import dev.godwit.mapping.bytes.GrowingBytes;
import dev.godwit.mapping.bytes.JsonEscapes;
import dev.godwit.mapping.bytes.Utf8;

/**
 * Writes bytes as the JSON of {@link dev.godwit.spi.record.KeyValues} has them: a JSON string where
 * they are UTF-8 without a zero byte, else {@code {"base64":"AP8="}}. Only what JSON asks for is
 * escaped, hexadecimal digits are upper case.
 */
final class JsonStrings {
  /** What begins bytes that are no text. */
  static final byte[] BASE64 = Digits.ascii("{\"base64\":\"");

  /** What ends them. */
  static final byte[] END = Digits.ascii("\"}");

  private static final byte[] CONTROL = Digits.ascii("\\u00");
  private static final byte[] HEX = Digits.ascii("0123456789ABCDEF");
  private static final JsonEscapes ESCAPES = new JsonEscapes(JsonStrings::control);

  private JsonStrings() {}

  /** Writes bytes, whatever they are. */
  static void bytes(byte[] bytes, int from, int to, GrowingBytes out) {
    int plain = Utf8.plainJson(bytes, from, to);
    if (plain == to || Utf8.isPlain(bytes, plain, to)) {
      text(bytes, from, plain, to, out);
    } else {
      out.ascii(BASE64);
      Digits.base64(bytes, from, to, out);
      out.ascii(END);
    }
  }

  /** Writes bytes that are UTF-8; a zero byte is a character as any other. */
  static void text(byte[] utf8, int from, int to, GrowingBytes out) {
    text(utf8, from, Utf8.plainJson(utf8, from, to), to, out);
  }

  private static void text(byte[] utf8, int from, int plain, int to, GrowingBytes out) {
    out.int1('"');
    out.raw(utf8, from, plain - from);
    escaped(utf8, plain, to, out);
    out.int1('"');
  }

  /** Writes what stands between the quotes. */
  static void escaped(byte[] utf8, int from, int to, GrowingBytes out) {
    ESCAPES.write(utf8, from, to, out);
  }

  private static void control(byte c, GrowingBytes out) {
    out.ascii(CONTROL);
    out.int1(HEX[c >> 4]);
    out.int1(HEX[c & 15]);
  }
}
