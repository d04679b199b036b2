package dev.godwit.extractor.postgresql.copy;

import static org.apache.arrow.memory.util.MemoryUtil.getLong;
import static org.apache.arrow.memory.util.MemoryUtil.getShort;

/**
 * Reads the numerics that columns of money and measures hold, of up to four groups of digits,
 * without the detours that all others need ({@link Numeric}).
 */
final class SmallDecimal {
  /** Said of a value that this class does not read. */
  static final long NONE = Long.MIN_VALUE;

  private static final int HEAD = 8;
  private static final int MOST_GROUPS = 4;
  private static final int MOST_DIGITS = 18;
  private static final int NEGATIVE = 0x4000;

  private SmallDecimal() {}

  /**
   * The value times ten to the scale.
   *
   * @param address where it lies as numeric_send wrote it
   * @return {@link #NONE} for a value of another scale, a special or a long one, or a malformed one
   */
  static long read(long address, int length, int scale) {
    if (length < HEAD) {
      return NONE;
    }
    long head = Long.reverseBytes(getLong(address));
    int groups = (int) (head >>> 48);
    int weight = (short) (head >>> 32);
    int sign = (int) (head >>> 16) & 0xffff;
    if (groups > MOST_GROUPS
        || length != HEAD + 2 * groups
        || (sign != 0 && sign != NEGATIVE)
        || ((int) head & 0xffff) != scale
        || 4 * (weight + 1) + scale > MOST_DIGITS) {
      return NONE;
    }
    if (groups == 0) {
      return 0;
    }
    long all = 0;
    for (int i = 0; i < groups - 1; i++) {
      int group = Short.reverseBytes(getShort(address + HEAD + 2L * i));
      if (group < 0 || group > 9999) {
        return NONE;
      }
      all = all * 10_000 + group;
    }
    int last = Short.reverseBytes(getShort(address + HEAD + 2L * (groups - 1)));
    if (last < 0 || last > 9999) {
      return NONE;
    }
    long value = joined(all, last, 4 * (weight - groups + 1) + scale);
    return sign == NEGATIVE && value != NONE ? -value : value;
  }

  /** All groups times ten to an exponent; only the last can have digits beyond the scale. */
  private static long joined(long all, int last, int exponent) {
    // Divisions by constants are multiplications; by a variable they take as long as all the rest.
    return switch (exponent) {
      case -1 -> last % 10 == 0 ? all * 1000 + last / 10 : NONE;
      case -2 -> last % 100 == 0 ? all * 100 + last / 100 : NONE;
      case -3 -> last % 1000 == 0 ? all * 10 + last / 1000 : NONE;
      default ->
          exponent < 0 || exponent > MOST_DIGITS
              ? NONE
              : (all * 10_000 + last) * Numeric.TENS[exponent];
    };
  }
}
