package dev.godwit.extractor.postgresql.copy;

import java.math.BigDecimal;
import java.math.MathContext;

/**
 * Floats as text that reads back to the same bits. Not by {@link Double#toString}, whose digits
 * changed between versions of Java: misfits are part of a batch, and a batch's bytes are always the
 * same.
 */
final class FloatText {
  private FloatText() {}

  static String of(double value) {
    if (Double.isNaN(value)) {
      return "NaN";
    } else if (Double.isInfinite(value)) {
      return value > 0 ? "Infinity" : "-Infinity";
    } else if (value == 0) {
      return 1 / value > 0 ? "0" : "-0";
    } else if (value == (long) value && Math.abs(value) < 1e15) {
      return Long.toString((long) value);
    }
    BigDecimal exact = new BigDecimal(value);
    for (int digits = 15; digits < 17; digits++) {
      BigDecimal rounded = exact.round(new MathContext(digits));
      if (rounded.doubleValue() == value) {
        return text(rounded);
      }
    }
    return text(exact.round(new MathContext(17)));
  }

  static String of(float value) {
    if (Float.isNaN(value) || Float.isInfinite(value) || value == 0) {
      return of((double) value);
    }
    BigDecimal exact = new BigDecimal(value);
    for (int digits = 6; digits < 9; digits++) {
      BigDecimal rounded = exact.round(new MathContext(digits));
      if (rounded.floatValue() == value) {
        return text(rounded);
      }
    }
    return text(exact.round(new MathContext(9)));
  }

  private static String text(BigDecimal value) {
    BigDecimal stripped = value.stripTrailingZeros();
    int exponent = stripped.precision() - stripped.scale() - 1;
    return exponent < -5 || exponent > 15 ? stripped.toString() : stripped.toPlainString();
  }
}
