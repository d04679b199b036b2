package dev.godwit.extractor.postgresql.copy;

import dev.godwit.spi.record.Misfit;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import org.apache.arrow.memory.util.MemoryUtil;

/**
 * A numeric taken apart as numeric_send writes it: a count of digits, the weight of the first,
 * sign, scale, then the digits to the base of 10,000. Reused from value to value.
 */
final class Numeric {
  private static final int NEGATIVE = 0x4000;
  private static final int NAN = 0xc000;
  private static final int POS_INF = 0xd000;
  private static final int NEG_INF = 0xf000;

  /** Ten to the power of each place: all that fit a long. */
  static final long[] TENS = new long[19];

  static {
    TENS[0] = 1;
    for (int i = 1; i < TENS.length; i++) {
      TENS[i] = TENS[i - 1] * 10;
    }
  }

  private int digits;
  private int weight;
  private int sign;
  private int scale;
  private short[] digit = new short[16];

  /** Takes the value at an address. */
  void read(long address, int length) {
    if (length < 8) {
      throw Malformed.length("numeric", length);
    }
    long head = Long.reverseBytes(MemoryUtil.getLong(address));
    head(head, length);
    for (int i = 0; i < digits; i++) {
      set(i, Short.reverseBytes(MemoryUtil.getShort(address + 8 + 2L * i)));
    }
  }

  /** Takes the value between position and limit. */
  void read(ByteBuffer value) {
    int length = value.remaining();
    if (length < 8) {
      throw Malformed.length("numeric", length);
    }
    head(value.getLong(), length);
    for (int i = 0; i < digits; i++) {
      set(i, value.getShort());
    }
  }

  private void head(long head, int length) {
    digits = (int) (head >>> 48);
    weight = (short) (head >>> 32);
    sign = (int) (head >>> 16) & 0xffff;
    scale = (int) head & 0xffff;
    if (length != 8 + 2 * digits) {
      throw Malformed.length("numeric", length);
    }
    if (sign != 0 && sign != NEGATIVE && special() == null) {
      throw new Malformed("a numeric has the sign " + sign);
    }
    if (digit.length < digits) {
      digit = new short[digits * 2];
    }
  }

  private void set(int i, short value) {
    if (value < 0 || value > 9999) {
      throw new Malformed("a numeric has the digit " + value);
    }
    digit[i] = value;
  }

  /** What kind of misfit it is, whatever its column; null for a number. */
  Misfit.Kind special() {
    return switch (sign) {
      case NAN -> Misfit.Kind.NAN;
      case POS_INF -> Misfit.Kind.POS_INF;
      case NEG_INF -> Misfit.Kind.NEG_INF;
      default -> null;
    };
  }

  /** Digits after the point that it is shown with. */
  int scale() {
    return scale;
  }

  boolean negative() {
    return sign == NEGATIVE;
  }

  /** How many groups of four digits there are. */
  int groups() {
    return digits;
  }

  /** Where the first group stands: 0 for the one before the point. */
  int weight() {
    return weight;
  }

  /** A group of four digits. */
  int group(int i) {
    return digit[i];
  }

  /**
   * The number without its sign, times ten to its scale, where that surely has at most 18 digits;
   * else -1.
   */
  long smallUnscaled() {
    if (digits > 4 || 4 * (weight + 1) + scale > 18) {
      return -1;
    }
    long all = 0;
    for (int i = 0; i < digits; i++) {
      all = all * 10_000 + digit[i];
    }
    if (all == 0) {
      return 0;
    }
    int exponent = 4 * (weight - digits + 1) + scale;
    if (exponent >= 0) {
      return all * TENS[exponent];
    }
    if (exponent < -18 || all % TENS[-exponent] != 0) {
      throw new Malformed("a numeric has digits beyond its scale");
    }
    return all / TENS[-exponent];
  }

  /** The number times ten to its scale. */
  BigInteger unscaled() {
    byte[] text = new byte[textLength()];
    int length = text(text);
    StringBuilder plain = new StringBuilder(length);
    for (int i = 0; i < length; i++) {
      if (text[i] != '.') {
        plain.append((char) text[i]);
      }
    }
    return new BigInteger(plain.toString());
  }

  /** At most so many bytes {@link #text} writes. */
  int textLength() {
    return 4 * Math.max(weight + 1, 1) + scale + 8;
  }

  /**
   * Writes a number in plain digits with its scale, as numeric_out does.
   *
   * @return how many bytes it wrote
   */
  int text(byte[] out) {
    int at = 0;
    if (negative()) {
      out[at++] = '-';
    }
    int first = at;
    for (int i = 0; i <= weight; i++) {
      at = four(out, at, digitAt(i));
    }
    at = stripZeros(out, first, at);
    if (scale > 0) {
      out[at++] = '.';
      int end = at + scale;
      for (int i = weight + 1; at < end; i++) {
        at = four(out, at, digitAt(i));
      }
      at = end; // of the last four some may be beyond the scale
    }
    return at;
  }

  private int digitAt(int i) {
    return i >= 0 && i < digits ? digit[i] : 0;
  }

  private static int four(byte[] out, int at, int value) {
    out[at] = (byte) ('0' + value / 1000);
    out[at + 1] = (byte) ('0' + value / 100 % 10);
    out[at + 2] = (byte) ('0' + value / 10 % 10);
    out[at + 3] = (byte) ('0' + value % 10);
    return at + 4;
  }

  private static int stripZeros(byte[] out, int first, int end) {
    int from = first;
    while (from < end - 1 && out[from] == '0') {
      from++;
    }
    if (end == first) {
      out[first] = '0';
      return first + 1;
    }
    System.arraycopy(out, from, out, first, end - from);
    return end - (from - first);
  }
}
