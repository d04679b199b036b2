package dev.godwit.extractor.postgresql.type;

/**
 * The precision and scale of a numeric's type modifier: {@code ((precision << 16) | scale) + 4},
 * the scale in eleven bits with a sign (numeric.c, make_numeric_typmod). Servers before 15 know no
 * negative scale and write the same for all others.
 *
 * @param precision 1 to 1000
 * @param scale -1000 to 1000
 */
public record NumericModifier(int precision, int scale) {
  /** Digits that a Decimal256 holds. */
  private static final int MOST_DIGITS = 76;

  /** The parts of a modifier that is at least 4. */
  public static NumericModifier of(int modifier) {
    int packed = modifier - 4;
    return new NumericModifier((packed >> 16) & 0xffff, ((packed & 0x7ff) ^ 0x400) - 0x400);
  }

  /** Whether an Arrow decimal has such a precision and scale. */
  public boolean fitsArrow() {
    return precision <= MOST_DIGITS && scale >= 0 && scale <= precision;
  }
}
