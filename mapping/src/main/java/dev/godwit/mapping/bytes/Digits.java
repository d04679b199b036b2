package dev.godwit.mapping.bytes;

import com.fasterxml.jackson.core.io.NumberOutput;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;

/** Writes numbers and bytes as characters of ASCII. */
public final class Digits {
  private static final byte[] HEX = ascii("0123456789abcdef");
  private static final byte[] BASE64 =
      ascii("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/");
  private static final byte[] POINT_ZERO = ascii(".0");

  /** Whole numbers below this are exact as doubles. */
  private static final double EXACT = 1L << 53;

  private static final int LONGEST = 20;

  private Digits() {}

  public static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  /** A whole number. */
  public static void whole(long value, GrowingBytes out) {
    int start = out.grow(LONGEST);
    out.cutTo(NumberOutput.outputLong(value, out.array(), start));
  }

  /**
   * A finite double in plain digits, as few as tell it from every other double, and always with a
   * point.
   */
  public static void floating(double value, GrowingBytes out) {
    long whole = (long) value;
    if (whole == value && Math.abs(value) < EXACT) {
      whole(whole, out);
      out.ascii(POINT_ZERO);
      return;
    }
    String shortest = NumberOutput.toString(value, true);
    if (shortest.indexOf('E') >= 0) {
      BigDecimal plain = new BigDecimal(shortest);
      shortest = (plain.scale() <= 0 ? plain.setScale(1) : plain).toPlainString();
    }
    out.ascii(ascii(shortest));
  }

  /** Bytes, two digits each. */
  public static void hex(byte[] bytes, int from, int to, GrowingBytes out) {
    int at = out.grow(2 * (to - from));
    byte[] text = out.array();
    for (int i = from; i < to; i++) {
      text[at++] = HEX[bytes[i] >> 4 & 15];
      text[at++] = HEX[bytes[i] & 15];
    }
  }

  /** Bytes as base 64 with padding (RFC 4648, section 4). */
  public static void base64(byte[] bytes, int from, int to, GrowingBytes out) {
    int at = out.grow(Math.toIntExact(4L * ((to - from + 2L) / 3)));
    byte[] text = out.array();
    for (int i = from; i < to; i += 3) {
      int left = to - i;
      int three =
          (bytes[i] & 0xff) << 16
              | (left > 1 ? (bytes[i + 1] & 0xff) << 8 : 0)
              | (left > 2 ? bytes[i + 2] & 0xff : 0);
      text[at++] = BASE64[three >> 18];
      text[at++] = BASE64[three >> 12 & 63];
      text[at++] = left > 1 ? BASE64[three >> 6 & 63] : (byte) '=';
      text[at++] = left > 2 ? BASE64[three & 63] : (byte) '=';
    }
  }
}
