package dev.godwit.extractor.postgresql.copy;

/**
 * A numeric of up to 38 digits as 128 bits: without its sign, times ten to its scale. Reused from
 * value to value.
 */
final class WideDecimal {
  private static final int MOST_DIGITS = 38;
  private static final int GROUP = 4;
  private static final int MOST_AT_ONCE = Numeric.TENS.length - 1;

  private long high;
  private long low;

  /** Takes a number; false where it may have more digits, or has some beyond its scale. */
  boolean read(Numeric numeric) {
    high = 0;
    low = 0;
    int groups = numeric.groups();
    if (groups == 0) {
      return true;
    }
    if (GROUP * (numeric.weight() + 1) + numeric.scale() > MOST_DIGITS) {
      return false;
    }
    int exponent = GROUP * (numeric.weight() - groups + 1) + numeric.scale();
    for (int i = 0; i < groups - 1; i++) {
      times(10_000, numeric.group(i));
    }
    int last = numeric.group(groups - 1);
    if (exponent >= 0) {
      times(10_000, last);
      for (int left = exponent; left > 0; left -= MOST_AT_ONCE) {
        times(Numeric.TENS[Math.min(left, MOST_AT_ONCE)], 0);
      }
      return true;
    }
    if (exponent <= -GROUP || last % Numeric.TENS[-exponent] != 0) {
      return false;
    }
    times(Numeric.TENS[GROUP + exponent], last / Numeric.TENS[-exponent]);
    return true;
  }

  private void times(long factor, long plus) {
    // Math.multiplyHigh takes both for signed; a factor never is below zero.
    long carried = Math.multiplyHigh(low, factor) + (low >> 63 & factor);
    long product = low * factor;
    low = product + plus;
    high = high * factor + carried + (Long.compareUnsigned(low, product) < 0 ? 1 : 0);
  }

  /** The upper half; never below zero. */
  long high() {
    return high;
  }

  /** The lower half, without a sign. */
  long low() {
    return low;
  }
}
