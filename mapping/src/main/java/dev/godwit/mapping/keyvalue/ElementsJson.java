package dev.godwit.mapping.keyvalue;

import dev.godwit.mapping.bytes.Digits;
import dev.godwit.mapping.bytes.GrowingBytes;
import dev.godwit.mapping.bytes.Utf8;
import dev.godwit.mapping.document.BsonType;
import dev.godwit.mapping.document.Decimals;
import dev.godwit.mapping.document.Elements;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes what is nested in a document as the JSON of {@link dev.godwit.spi.record.KeyValues}: the
 * very bytes that it was made of. Used by one thread.
 */
final class ElementsJson {
  /** Levels of nesting: the consumers of a stream have six. */
  private static final int DEEPEST = 16;

  /** Whole scores below this are written without a point. */
  private static final double EXACT_INTEGERS = 1e15;

  /** Digits that tell any double from all others. */
  private static final int DOUBLE_DIGITS = 17;

  private final List<Elements> levels = new ArrayList<>();

  /**
   * Writes an array or a document.
   *
   * @throws IllegalArgumentException if it is none, or holds what the elements of no key are
   */
  void write(Elements of, int i, GrowingBytes out) {
    value(of, i, 0, out);
  }

  private void value(Elements of, int i, int depth, GrowingBytes out) {
    int from = of.value(i);
    switch (of.type(i)) {
      case BsonType.STRING -> JsonStrings.bytes(of.bytes(), from + 4, of.end(i) - 1, out);
      case BsonType.INT32 -> Digits.whole(of.int32(from), out);
      case BsonType.INT64 -> Digits.whole(of.int64(from), out);
      case BsonType.DOUBLE -> number(Double.longBitsToDouble(of.int64(from)), out);
      case BsonType.DECIMAL -> number(decimal(of.int64(from), of.int64(from + 8)), out);
      case BsonType.ARRAY, BsonType.DOCUMENT -> nested(of, i, depth, out);
      default ->
          throw new IllegalArgumentException(
              "its elements hold what is neither text nor a number nor an array");
    }
  }

  private void nested(Elements of, int i, int depth, GrowingBytes out) {
    if (depth == DEEPEST) {
      throw new IllegalArgumentException("its elements are nested deeper than those of any key");
    }
    if (depth == levels.size()) {
      levels.add(new Elements());
    }
    boolean named = of.type(i) == BsonType.DOCUMENT;
    Elements inner = levels.get(depth);
    inner.begin(of.bytes(), of.value(i), of.end(i));
    out.int1(named ? '{' : '[');
    for (boolean further = false; inner.advance(); further = true) {
      if (further) {
        out.int1(',');
      }
      if (named) {
        name(inner, out);
      }
      value(inner, 0, depth + 1, out);
    }
    out.int1(named ? '}' : ']');
  }

  private static void name(Elements of, GrowingBytes out) {
    int from = of.name(0);
    int to = from + of.nameLength(0);
    if (!Utf8.isPlain(of.bytes(), from, to)) {
      throw new IllegalArgumentException("its elements hold a name that is no text");
    }
    JsonStrings.text(of.bytes(), from, to, out);
    out.int1(':');
  }

  /** Scores became decimals, of the digits that they have. */
  private static double decimal(long low, long high) {
    if (Decimals.isNaN(high)) {
      return Double.NaN;
    } else if (Decimals.isInfinite(high)) {
      return Decimals.isNegative(high) ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
    }
    BigDecimal number = Decimals.number(low, high);
    if (number.signum() == 0) {
      return Decimals.isNegative(high) ? -0.0 : 0;
    }
    double value = number.doubleValue();
    if (value == 0
        || Double.isInfinite(value)
        || number.stripTrailingZeros().precision() > DOUBLE_DIGITS) {
      throw new IllegalArgumentException("its elements hold " + number + ", which is no double");
    }
    return value;
  }

  /** A number as the values of Redis are written. */
  private static void number(double value, GrowingBytes out) {
    if (Double.isNaN(value)) {
      throw new IllegalArgumentException("its elements hold NaN, which is no score");
    }
    boolean minus = Double.doubleToRawLongBits(value) < 0;
    if (value == Math.rint(value) && Math.abs(value) < EXACT_INTEGERS && !(value == 0 && minus)) {
      Digits.whole((long) value, out);
    } else if (Double.isInfinite(value)) {
      out.ascii(Digits.ascii('"' + Double.toString(value) + '"'));
    } else {
      out.ascii(Digits.ascii(Double.toString(value)));
    }
  }
}
