package dev.godwit.transfer.hash;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import org.apache.arrow.vector.BaseFixedWidthVector;

/** Values that are encoded as 64 bits, and perhaps bytes of zero after them. */
final class LongColumn implements Column {
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle INTS =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle SHORTS =
      MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);

  private final BaseFixedWidthVector vector;
  private final Validity validity;
  private final int tag;
  private final Widening widening;
  private final int zeros;
  private byte[] raw = {};
  private long[] values = {};

  /**
   * A column.
   *
   * @param zeros how many bytes of zero follow each value
   */
  LongColumn(BaseFixedWidthVector vector, int tag, Widening widening, int zeros) {
    this.vector = vector;
    this.validity = new Validity(vector);
    this.tag = tag;
    this.widening = widening;
    this.zeros = zeros;
  }

  /** Makes 64 bits of each value of a vector. */
  @FunctionalInterface
  interface Widening {
    void widen(byte[] raw, int count, long[] to);
  }

  static void longs(byte[] raw, int count, long[] to) {
    for (int i = 0; i < count; i++) {
      to[i] = (long) LONGS.get(raw, i * Long.BYTES);
    }
  }

  static void ints(byte[] raw, int count, long[] to) {
    for (int i = 0; i < count; i++) {
      to[i] = (int) INTS.get(raw, i * Integer.BYTES);
    }
  }

  static void shorts(byte[] raw, int count, long[] to) {
    for (int i = 0; i < count; i++) {
      to[i] = (short) SHORTS.get(raw, i * Short.BYTES);
    }
  }

  static void bytes(byte[] raw, int count, long[] to) {
    for (int i = 0; i < count; i++) {
      to[i] = raw[i];
    }
  }

  static void doubles(byte[] raw, int count, long[] to) {
    for (int i = 0; i < count; i++) {
      double value = Double.longBitsToDouble((long) LONGS.get(raw, i * Long.BYTES));
      to[i] = Double.doubleToLongBits(value); // makes all NaN one
    }
  }

  static void floats(byte[] raw, int count, long[] to) {
    for (int i = 0; i < count; i++) {
      float value = Float.intBitsToFloat((int) INTS.get(raw, i * Integer.BYTES));
      to[i] = Double.doubleToLongBits(value);
    }
  }

  @Override
  public int measure(int from, int count, int[] most) {
    int width = vector.getTypeWidth();
    if (values.length < count) {
      values = new long[count];
      raw = new byte[count * width];
    }
    vector.getDataBuffer().getBytes((long) from * width, raw, 0, count * width);
    validity.take(from, count);
    return 1 + Long.BYTES + zeros;
  }

  @Override
  public void encode(int count, RowBytes out, int[] at) {
    widening.widen(raw, count, values);
    byte[] to = out.array();
    for (int row = 0; row < count; row++) {
      int place = at[row];
      if (validity.has(row)) {
        to[place] = (byte) tag;
        LONGS.set(to, place + 1, values[row]);
        place += 1 + Long.BYTES;
        for (int zero = 0; zero < zeros; zero++) {
          to[place++] = 0;
        }
      } else {
        to[place++] = Tag.NULL;
      }
      at[row] = place;
    }
  }
}
