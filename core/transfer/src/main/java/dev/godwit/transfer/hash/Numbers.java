package dev.godwit.transfer.hash;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.vector.Decimal256Vector;
import org.apache.arrow.vector.DecimalVector;
import org.apache.arrow.vector.VarCharVector;

/** Encodes exact numbers by value, whatever width, scale or notation they come in. */
final class Numbers {
  private static final int MOST_DIGITS = 18; // of a number that surely fits 64 bits
  private static final BigInteger LEAST = BigInteger.valueOf(Long.MIN_VALUE);
  private static final BigInteger GREATEST = BigInteger.valueOf(Long.MAX_VALUE);

  private Numbers() {}

  static void whole(long value, RowBytes out) {
    out.putByte(Tag.WHOLE);
    out.putLong(value);
  }

  static void unsigned(long value, RowBytes out) {
    if (value >= 0) {
      whole(value, out);
    } else {
      exact(new BigDecimal(new BigInteger(Long.toUnsignedString(value))), out);
    }
  }

  /** A number of 64 bits and a scale. */
  static void scaled(long unscaled, int scale, RowBytes out) {
    long digits = unscaled;
    int left = scale;
    while (left > 0 && digits % 10 == 0) {
      digits /= 10;
      left--;
    }
    if (left == 0) {
      whole(digits, out);
    } else if (left < 0 || digits == 0) {
      exact(BigDecimal.valueOf(unscaled, scale), out);
    } else {
      out.putByte(Tag.DECIMAL);
      out.putInt(left);
      int length = (Long.SIZE - Long.numberOfLeadingZeros(digits ^ (digits >> 63))) / 8 + 1;
      out.putInt(length);
      for (int shift = (length - 1) * 8; shift >= 0; shift -= 8) {
        out.putByte((int) (digits >> shift));
      }
    }
  }

  static void exact(BigDecimal value, RowBytes out) {
    BigDecimal least = value.signum() == 0 ? BigDecimal.ZERO : value.stripTrailingZeros();
    // A scale far below zero is a number of that many digits: never spell those out.
    if (least.scale() <= 0 && least.scale() >= -MOST_DIGITS - 1) {
      BigInteger whole = least.toBigIntegerExact();
      if (whole.compareTo(LEAST) >= 0 && whole.compareTo(GREATEST) <= 0) {
        whole(whole.longValueExact(), out);
        return;
      }
    }
    byte[] digits = least.unscaledValue().toByteArray();
    out.putByte(Tag.DECIMAL);
    out.putInt(least.scale());
    out.putInt(digits.length);
    out.put(digits);
  }

  static Cell of(DecimalVector vector) {
    int scale = vector.getScale();
    return (row, out) -> {
      if (vector.isNull(row)) {
        out.putByte(Tag.NULL);
        return;
      }
      ArrowBuf data = vector.getDataBuffer();
      long low = data.getLong((long) row * DecimalVector.TYPE_WIDTH);
      long high = data.getLong((long) row * DecimalVector.TYPE_WIDTH + Long.BYTES);
      if (high == low >> 63) {
        scaled(low, scale, out);
      } else {
        exact(vector.getObject(row), out);
      }
    };
  }

  static Cell of(Decimal256Vector vector) {
    int scale = vector.getScale();
    return (row, out) -> {
      if (vector.isNull(row)) {
        out.putByte(Tag.NULL);
        return;
      }
      ArrowBuf data = vector.getDataBuffer();
      long at = (long) row * Decimal256Vector.TYPE_WIDTH;
      long low = data.getLong(at);
      long sign = low >> 63;
      if (data.getLong(at + 8) == sign
          && data.getLong(at + 16) == sign
          && data.getLong(at + 24) == sign) {
        scaled(low, scale, out);
      } else {
        exact(vector.getObject(row), out);
      }
    };
  }

  /** Decimals as text. */
  static Cell ofText(VarCharVector vector) {
    return (row, out) -> {
      if (vector.isNull(row)) {
        out.putByte(Tag.NULL);
        return;
      }
      ArrowBuf data = vector.getDataBuffer();
      int from = vector.getStartOffset(row);
      int to = vector.getEndOffset(row);
      if (to - from > MOST_DIGITS || !shortText(data, from, to, out)) {
        byte[] text = new byte[to - from];
        data.getBytes(from, text);
        exact(new BigDecimal(new String(text, StandardCharsets.US_ASCII)), out);
      }
    };
  }

  /** Reads a sign, digits and at most one point without making a string; false for all else. */
  private static boolean shortText(ArrowBuf data, int from, int to, RowBytes out) {
    int at = from;
    boolean negative = at < to && data.getByte(at) == '-';
    at += negative ? 1 : 0;
    long digits = 0;
    int point = -1;
    int count = 0;
    for (; at < to; at++) {
      byte c = data.getByte(at);
      if (c >= '0' && c <= '9') {
        digits = digits * 10 + (c - '0');
        count++;
      } else if (c == '.' && point < 0) {
        point = at;
      } else {
        return false;
      }
    }
    if (count == 0) {
      return false;
    }
    scaled(negative ? -digits : digits, point < 0 ? 0 : to - point - 1, out);
    return true;
  }
}
