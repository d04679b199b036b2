package dev.godwit.transfer.hash;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import org.apache.arrow.vector.DecimalVector;

/** Decimals of 128 bits, of which nearly all fit 64. */
final class DecimalColumn implements Column {
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle INTS =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle DIGITS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
  private static final int HEAD = 1 + 2 * Integer.BYTES; // tag, scale, length

  private final DecimalVector vector;
  private final Cell plain;
  private final Validity validity;
  private final int scale;
  private int first;
  private byte[] raw = {};

  DecimalColumn(DecimalVector vector) {
    this.vector = vector;
    this.plain = Numbers.of(vector);
    this.validity = new Validity(vector);
    this.scale = vector.getScale();
  }

  @Override
  public int measure(int from, int count, int[] most) {
    int bytes = count * DecimalVector.TYPE_WIDTH;
    raw = raw.length < bytes ? new byte[bytes] : raw;
    first = from;
    vector.getDataBuffer().getBytes((long) from * DecimalVector.TYPE_WIDTH, raw, 0, bytes);
    validity.take(from, count);
    return HEAD + DecimalVector.TYPE_WIDTH + 1;
  }

  @Override
  public void encode(int count, RowBytes out, int[] at) {
    byte[] to = out.array();
    for (int row = 0; row < count; row++) {
      int place = at[row];
      long low = (long) LONGS.get(raw, row * DecimalVector.TYPE_WIDTH);
      long high = (long) LONGS.get(raw, row * DecimalVector.TYPE_WIDTH + Long.BYTES);
      if (!validity.has(row)) {
        to[place] = Tag.NULL;
        at[row] = place + 1;
      } else if (high != low >> 63 || scale < 0) {
        at[row] = out.at(place, first + row, plain);
      } else {
        at[row] = put(low, to, place);
      }
    }
  }

  /** Puts a number of this scale, as {@link Numbers#scaled} does; where it ends. */
  private int put(long unscaled, byte[] to, int place) {
    long digits = unscaled;
    int left = digits == 0 ? 0 : scale;
    while (left > 0 && digits % 10 == 0) {
      digits /= 10;
      left--;
    }
    if (left == 0) {
      to[place] = Tag.WHOLE;
      LONGS.set(to, place + 1, digits);
      return place + 1 + Long.BYTES;
    }
    int length = (Long.SIZE - Long.numberOfLeadingZeros(digits ^ (digits >> 63))) / 8 + 1;
    to[place] = Tag.DECIMAL;
    INTS.set(to, place + 1, left);
    INTS.set(to, place + 1 + Integer.BYTES, length);
    // Eight bytes are written where fewer count: there is room for the widest.
    DIGITS.set(to, place + HEAD, digits << (Long.SIZE - length * Byte.SIZE));
    return place + HEAD + length;
  }
}
