package dev.godwit.mapping.document;

import dev.godwit.mapping.bytes.GrowingBytes;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;

/**
 * Decimal128: 34 decimal digits and an exponent from -6176 to 6111, as binary integers.
 *
 * @see <a
 *     href="https://github.com/mongodb/specifications/blob/master/source/bson-decimal128/decimal128.md">BSON
 *     Decimal128</a>
 */
public final class Decimals {
  /** The upper half of NaN. */
  static final long NAN = 0x7C00_0000_0000_0000L;

  /** The upper half of plus infinity. */
  static final long POSITIVE_INFINITY = 0x7800_0000_0000_0000L;

  /** The upper half of minus infinity. */
  static final long NEGATIVE_INFINITY = 0xF800_0000_0000_0000L;

  /** The most digits of a number. */
  static final int DIGITS = 34;

  private static final int BIAS = 6176;
  private static final int GREATEST_EXPONENT = 6111;
  private static final int EXPONENT_AT = 49;
  private static final long SIGN = Long.MIN_VALUE;

  private Decimals() {}

  /** Whether a whole number of 64 bits with a scale is one. */
  static boolean fits(int scale) {
    return scale <= BIAS && scale >= -GREATEST_EXPONENT;
  }

  /** Writes a whole number of 64 bits with a scale that {@link #fits}. */
  static void write(long unscaled, int scale, GrowingBytes out) {
    out.int8(Math.abs(unscaled)); // of the least long: its bits as a number without a sign
    out.int8((unscaled & SIGN) | (long) (BIAS - scale) << EXPONENT_AT);
  }

  /** Writes the zero below zero with a scale that {@link #fits}. */
  static void writeMinusZero(int scale, GrowingBytes out) {
    out.int8(0);
    out.int8(SIGN | (long) (BIAS - scale) << EXPONENT_AT);
  }

  /**
   * Writes a number, its scale kept; of a whole number of more digits, zeros at its end become its
   * exponent.
   *
   * @return false, with nothing written, where it is none
   */
  static boolean write(BigDecimal value, GrowingBytes out) {
    BigDecimal fitting = value;
    while (fitting.precision() > DIGITS && fitting.scale() <= 0) {
      BigInteger[] parts = fitting.unscaledValue().divideAndRemainder(BigInteger.TEN);
      if (parts[1].signum() != 0) {
        return false;
      }
      fitting = new BigDecimal(parts[0], fitting.scale() - 1);
    }
    if (fitting.precision() > DIGITS || !fits(fitting.scale())) {
      return false;
    }
    BigInteger digits = fitting.unscaledValue().abs();
    long high = digits.shiftRight(Long.SIZE).longValue();
    out.int8(digits.longValue());
    out.int8(
        (value.signum() < 0 ? SIGN : 0) | (long) (BIAS - fitting.scale()) << EXPONENT_AT | high);
    return true;
  }

  /** Writes the number that is nearest; false where there is none. */
  static boolean writeNearest(BigDecimal value, GrowingBytes out) {
    return write(value.round(MathContext.DECIMAL128), out);
  }

  /** Whether it is NaN, of whatever sign and payload. */
  public static boolean isNaN(long high) {
    return (high & NAN) == NAN;
  }

  /** Whether it is an infinity. */
  public static boolean isInfinite(long high) {
    return (high & NAN) == POSITIVE_INFINITY;
  }

  /** Whether the sign is minus, which zeros and infinities have as well. */
  public static boolean isNegative(long high) {
    return high < 0;
  }

  /** The number; its sign is lost where it is zero. Neither NaN nor an infinity. */
  public static BigDecimal number(long low, long high) {
    if ((high >>> 61 & 3) == 3) { // a coefficient beyond 34 digits counts as zero
      int exponent = (int) (high >>> 47 & 0x3FFF);
      return new BigDecimal(BigInteger.ZERO, BIAS - exponent);
    }
    int exponent = (int) (high >>> EXPONENT_AT & 0x3FFF);
    BigInteger digits =
        BigInteger.valueOf(high & (1L << EXPONENT_AT) - 1)
            .shiftLeft(Long.SIZE)
            .or(new BigInteger(Long.toUnsignedString(low)));
    return new BigDecimal(isNegative(high) ? digits.negate() : digits, BIAS - exponent);
  }
}
