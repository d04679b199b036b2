package dev.godwit.extractor.postgresql.copy;

/**
 * Writes numbers of 128 bits as numeric_recv reads them, without a text between: a column's, all of
 * one scale. Its answers are those of {@link NumericWriter}, which tests compare it with.
 */
final class WideNumericWriter {
  private static final int DIGITS = 4;

  /** Two groups of digits are divided off at once: what is left over and 32 bits fit in a long. */
  private static final long TWO_GROUPS = 100_000_000;

  private static final int GROUP = 10_000;
  private static final int LIMBS = 4;

  /** Of 39 digits, the lowest group cut by the point's place and the highest two found as one. */
  private static final int MOST_GROUPS = 13;

  private final int scale;
  private final int groupsAfter;

  /** The number that is left, 32 bits each, the highest first. */
  private final int[] limbs = new int[LIMBS];

  /** The first limb that is not zero. */
  private int first;

  /** The lowest first. */
  private final int[] groups = new int[MOST_GROUPS];

  /** A writer of a column's numbers. */
  WideNumericWriter(int scale) {
    this.scale = scale;
    this.groupsAfter = (scale + DIGITS - 1) / DIGITS;
  }

  /** Writes a number given as its two halves. */
  void write(long high, long low, ByteOut out) {
    boolean negative = high < 0;
    take(negative ? ~high + (low == 0 ? 1 : 0) : high, negative ? -low : low);
    int count = 0;
    int cut = scale % DIGITS;
    if (cut != 0) {
      groups[count++] = divide(Numeric.TENS[cut]) * (int) Numeric.TENS[DIGITS - cut];
    }
    while (first < LIMBS) {
      int two = divide(TWO_GROUPS);
      groups[count++] = two % GROUP;
      groups[count++] = two / GROUP;
    }
    while (count > 0 && groups[count - 1] == 0) {
      count--;
    }
    int weight = count == 0 ? 0 : count - 1 - groupsAfter;
    out.room(Long.BYTES + Short.BYTES * count);
    out.int8(NumericWriter.head(count, weight, negative, scale));
    while (count > 0) {
      out.int2(groups[--count]);
    }
  }

  private void take(long high, long low) {
    limbs[0] = (int) (high >>> Integer.SIZE);
    limbs[1] = (int) high;
    limbs[2] = (int) (low >>> Integer.SIZE);
    limbs[3] = (int) low;
    first = 0;
    skipZeros();
  }

  /** Divides what is left; the rest. */
  private int divide(long by) {
    long rest = 0;
    for (int i = first; i < LIMBS; i++) {
      long part = rest << Integer.SIZE | Integer.toUnsignedLong(limbs[i]);
      limbs[i] = (int) (part / by);
      rest = part % by;
    }
    skipZeros();
    return (int) rest;
  }

  private void skipZeros() {
    while (first < LIMBS && limbs[first] == 0) {
      first++;
    }
  }
}
