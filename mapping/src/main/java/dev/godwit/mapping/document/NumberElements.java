package dev.godwit.mapping.document;

import dev.godwit.mapping.OnLossy;
import dev.godwit.mapping.bytes.Digits;
import dev.godwit.mapping.bytes.GrowingBytes;
import dev.godwit.mapping.document.RowLosses.FieldLosses;
import dev.godwit.mapping.row.ValueText;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.vector.BaseIntVector;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.DecimalVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.Float4Vector;
import org.apache.arrow.vector.Float8Vector;
import org.apache.arrow.vector.IntVector;
import org.apache.arrow.vector.UInt8Vector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.types.pojo.ArrowType;

/** Numbers as elements: straight from their buffers, nothing boxed. */
final class NumberElements {
  /** Digits that surely fit 64 bits. */
  private static final int SHORT = 18;

  private NumberElements() {}

  static ElementWriter integer(FieldVector vector) {
    if (vector instanceof BigIntVector longs) {
      return (row, name, out) -> {
        out.element(BsonType.INT64, name);
        out.int8(longs.get(row));
      };
    } else if (vector instanceof IntVector ints) {
      return (row, name, out) -> {
        out.element(BsonType.INT32, name);
        out.int4(ints.get(row));
      };
    }
    BaseIntVector narrow = (BaseIntVector) vector;
    return (row, name, out) -> {
      out.element(BsonType.INT32, name);
      out.int4((int) narrow.getValueAsLong(row));
    };
  }

  static ElementWriter unsigned(UInt8Vector vector) {
    return (row, name, out) -> {
      long value = vector.get(row);
      out.element(BsonType.DECIMAL, name);
      if (value >= 0) {
        Decimals.write(value, 0, out);
      } else {
        var ignored =
            Decimals.write(new BigDecimal(new BigInteger(Long.toUnsignedString(value))), out);
      }
    };
  }

  static ElementWriter floating(FieldVector vector) {
    if (vector instanceof Float8Vector) {
      return (row, name, out) -> {
        out.element(BsonType.DOUBLE, name);
        out.int8(vector.getDataBuffer().getLong(8L * row)); // the payload of a NaN is kept
      };
    }
    Float4Vector floats = (Float4Vector) vector;
    return (row, name, out) -> {
      out.element(BsonType.DOUBLE, name);
      out.int8(Double.doubleToRawLongBits(floats.get(row)));
    };
  }

  static ElementWriter decimal(FieldVector vector, FieldLosses losses) {
    int width = vector instanceof DecimalVector ? 16 : 32;
    int scale = ((ArrowType.Decimal) vector.getField().getType()).getScale();
    return (row, name, out) -> {
      ArrowBuf data = vector.getDataBuffer();
      long at = (long) row * width;
      long low = data.getLong(at);
      boolean small = true;
      for (int i = 8; i < width; i += 8) {
        small &= data.getLong(at + i) == low >> 63;
      }
      if (small && Decimals.fits(scale)) {
        out.element(BsonType.DECIMAL, name);
        Decimals.write(low, scale, out);
      } else {
        number(ValueText.decimal(vector, row), name, losses, out);
      }
    };
  }

  static ElementWriter textDecimal(VarCharVector vector, FieldLosses losses) {
    return (row, name, out) -> {
      ArrowBuf data = vector.getDataBuffer();
      int from = vector.getStartOffset(row);
      int to = vector.getEndOffset(row);
      if (to - from > SHORT || !shortDecimal(data, from, to, name, out)) {
        byte[] text = new byte[to - from];
        data.getBytes(from, text);
        number(new BigDecimal(new String(text, StandardCharsets.US_ASCII)), name, losses, out);
      }
    };
  }

  /** Reads a sign, digits and at most one point without making a string; false for all else. */
  private static boolean shortDecimal(
      ArrowBuf data, int from, int to, byte[] name, GrowingBytes out) {
    int at = from;
    boolean negative = at < to && data.getByte(at) == '-';
    at += negative ? 1 : 0;
    long digits = 0;
    int scale = 0;
    int count = 0;
    boolean point = false;
    for (; at < to; at++) {
      byte c = data.getByte(at);
      if (c >= '0' && c <= '9') {
        digits = digits * 10 + (c - '0');
        scale += point ? 1 : 0;
        count++;
      } else if (c == '.' && !point) {
        point = true;
      } else {
        return false;
      }
    }
    if (count == 0) {
      return false;
    }
    out.element(BsonType.DECIMAL, name);
    Decimals.write(negative ? -digits : digits, scale, out);
    return true;
  }

  /**
   * A number of JSON as Decimal128; a zero below zero is one, which no BigDecimal is. What has too
   * many digits for that, and is what a double is written as, is that double.
   */
  static void number(String text, byte[] name, FieldLosses losses, GrowingBytes out) {
    BigDecimal value;
    try {
      value = new BigDecimal(text);
    } catch (NumberFormatException e) { // JSON bounds no exponent
      if (losses.lost("Decimal128 holds no number with such an exponent") == OnLossy.TEXT) {
        ElementWriters.string(text, name, out);
      } else {
        out.element(BsonType.NULL, name);
      }
      return;
    }
    if (value.signum() == 0 && text.charAt(0) == '-' && Decimals.fits(value.scale())) {
      out.element(BsonType.DECIMAL, name);
      Decimals.writeMinusZero(value.scale(), out);
    } else if (value.precision() > Decimals.DIGITS && isOfDouble(text)) {
      out.element(BsonType.DOUBLE, name);
      out.int8(Double.doubleToRawLongBits(value.doubleValue()));
    } else {
      number(value, name, losses, out);
    }
  }

  /** Whether a double becomes this very text, as one of 1e33 and more does. */
  private static boolean isOfDouble(String text) {
    double value = text.endsWith(".0") ? Double.parseDouble(text) : Double.NaN;
    if (Double.isNaN(value) || Double.isInfinite(value)) {
      return false;
    }
    GrowingBytes shortest = new GrowingBytes();
    Digits.floating(value, shortest);
    return text.length() == shortest.size()
        && text.equals(new String(shortest.array(), 0, shortest.size(), StandardCharsets.US_ASCII));
  }

  /** An exact number as Decimal128. */
  static void number(BigDecimal value, byte[] name, FieldLosses losses, GrowingBytes out) {
    int start = out.size();
    out.element(BsonType.DECIMAL, name);
    if (Decimals.write(value, out)) {
      return;
    }
    out.cutTo(start);
    OnLossy instead = losses.lost("Decimal128 holds 34 digits, and this number has more");
    if (instead == OnLossy.TEXT) {
      ElementWriters.string(value.toPlainString(), name, out);
      return;
    }
    out.element(BsonType.DECIMAL, name);
    if (!Decimals.writeNearest(value, out)) {
      out.cutTo(start);
      out.element(BsonType.NULL, name);
    }
  }
}
