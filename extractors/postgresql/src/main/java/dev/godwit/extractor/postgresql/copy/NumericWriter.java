package dev.godwit.extractor.postgresql.copy;

import java.math.BigDecimal;
import java.math.BigInteger;

/** Writes numbers as numeric_recv reads them; see {@link Numeric}. */
final class NumericWriter {
  private static final int NEGATIVE = 0x4000;
  private static final long SPECIAL_NAN = 0xc0000000L;
  private static final long SPECIAL_POS_INF = 0xd0000000L;
  private static final long SPECIAL_NEG_INF = 0xf0000000L;

  /** The largest scale for which a fraction made of whole groups of digits fits in a long. */
  private static final int MOST_SMALL_SCALE = 15;

  private NumericWriter() {}

  /** Writes plain digits, their scale kept, or NaN, Infinity, -Infinity. */
  static void write(String text, ByteOut out) {
    switch (text) {
      case "NaN" -> out.int8(SPECIAL_NAN);
      case "Infinity" -> out.int8(SPECIAL_POS_INF);
      case "-Infinity" -> out.int8(SPECIAL_NEG_INF);
      default -> plain(spelledOut(text), out);
    }
  }

  /** A number in plain digits. */
  static String spelledOut(String text) {
    return isPlain(text) ? text : withoutExponent(text);
  }

  /** Big decimals take time in the square of their digits; plain digits need none. */
  private static boolean isPlain(String text) {
    int points = 0;
    int digits = 0;
    for (int i = text.startsWith("-") ? 1 : 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '.') {
        points++;
      } else if (c >= '0' && c <= '9') {
        digits++;
      } else {
        return false;
      }
    }
    return points <= 1 && digits > 0;
  }

  private static String withoutExponent(String text) {
    BigDecimal number = new BigDecimal(text);
    return number.setScale(Math.max(number.scale(), 0)).toPlainString();
  }

  /** Writes a number given as unscaled value and scale. */
  static void write(BigInteger unscaled, int scale, ByteOut out) {
    plain(new BigDecimal(unscaled, scale).toPlainString(), out);
  }

  /** Whether a number given as unscaled value and scale may be written as a small one. */
  static boolean isSmall(long unscaled, int scale) {
    return scale >= 0 && scale <= MOST_SMALL_SCALE && unscaled != Long.MIN_VALUE;
  }

  /** Writes a {@linkplain #isSmall small} number given as unscaled value and scale. */
  static void writeSmall(long unscaled, int scale, ByteOut out) {
    long number = Math.abs(unscaled);
    long whole = number / Numeric.TENS[scale];
    int groupsAfter = (scale + 3) / 4;
    long fraction = number % Numeric.TENS[scale] * Numeric.TENS[groupsAfter * 4 - scale];
    out.room(8 + 2 * (5 + groupsAfter));
    int mark = out.length();
    out.int8(0);
    int groups = 0;
    int weight = 0;
    for (int i = 4; i >= 0; i--) {
      long group = i == 4 ? whole / Numeric.TENS[16] : whole / Numeric.TENS[i * 4] % 10_000;
      if (group != 0 || groups > 0) {
        weight = groups == 0 ? i : weight;
        out.int2((int) group);
        groups++;
      }
    }
    for (int i = groupsAfter - 1; i >= 0; i--) {
      long group = fraction / Numeric.TENS[i * 4] % 10_000;
      if (group != 0 || groups > 0) {
        weight = groups == 0 ? i - groupsAfter : weight;
        out.int2((int) group);
        groups++;
      }
    }
    out.setInt8(mark, head(groups, weight, unscaled < 0, scale));
  }

  /** What stands before the groups: how many there are, the place of the first, sign and scale. */
  static long head(int groups, int weight, boolean negative, int scale) {
    return ((long) groups << 48)
        | ((weight & 0xffffL) << 32)
        | (negative ? (long) NEGATIVE << 16 : 0)
        | (scale & 0xffffL);
  }

  private static void plain(String text, ByteOut out) {
    boolean negative = text.startsWith("-");
    int from = negative ? 1 : 0;
    int point = text.indexOf('.') < 0 ? text.length() : text.indexOf('.');
    int scale = Math.max(text.length() - point - 1, 0);
    int groupsBefore = (point - from + 3) / 4;
    int mark = out.length();
    out.int8(0);
    int groups = 0;
    int weight = 0;
    boolean zero = true;
    for (int i = 0; i < groupsBefore + (scale + 3) / 4; i++) {
      int group = 0;
      for (int d = 0; d < 4; d++) {
        // The place of the digit, counted from the point, the point itself left out.
        int place = (i - groupsBefore) * 4 + d;
        int index = place < 0 ? point + place : point + 1 + place;
        int value = index < from || index >= text.length() ? 0 : text.charAt(index) - '0';
        group = group * 10 + value;
      }
      if (group != 0 || groups > 0) {
        weight = groups == 0 ? groupsBefore - 1 - i : weight;
        out.int2(group);
        groups++;
        zero &= group == 0;
      }
    }
    out.setInt8(mark, head(groups, weight, negative && !zero, scale));
  }
}
