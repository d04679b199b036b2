package dev.godwit.transfer.hash;

import dev.godwit.spi.record.LargeValue;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import org.apache.arrow.vector.BaseVariableWidthVector;

/** Text or bytes. */
final class BytesColumn implements Column {
  private static final VarHandle INTS =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  private static final int HEAD = 1 + Integer.BYTES;
  private static final int LARGE = 1 + Long.BYTES + 32; // tag, length, SHA-256
  private static final int MOST_COPIED = 1 << 18;

  private final BaseVariableWidthVector vector;
  private final Cell plain;
  private final Validity validity;
  private final int tag;
  private int first;
  private byte[] raw = {};
  private int[] offsets = {};
  private byte[] data = {};

  BytesColumn(BaseVariableWidthVector vector, int tag) {
    this.vector = vector;
    this.plain = Bytes.of(vector, tag);
    this.validity = new Validity(vector);
    this.tag = tag;
  }

  @Override
  public int measure(int from, int count, int[] most) {
    if (offsets.length <= count) {
      offsets = new int[count + 1];
      raw = new byte[offsets.length * Integer.BYTES];
    }
    first = from;
    int bytes = (count + 1) * Integer.BYTES;
    vector.getOffsetBuffer().getBytes((long) from * Integer.BYTES, raw, 0, bytes);
    validity.take(from, count);
    offsets[0] = (int) INTS.get(raw, 0);
    for (int row = 0; row < count; row++) {
      offsets[row + 1] = (int) INTS.get(raw, (row + 1) * Integer.BYTES);
      int length = offsets[row + 1] - offsets[row];
      most[row] += length > LargeValue.THRESHOLD ? LARGE : length;
    }
    return HEAD;
  }

  @Override
  public void encode(int count, RowBytes out, int[] at) {
    int all = offsets[count] - offsets[0];
    if (all > MOST_COPIED) {
      for (int row = 0; row < count; row++) {
        at[row] = out.at(at[row], first + row, plain);
      }
      return;
    }
    if (data.length < all) {
      data = new byte[all];
    }
    vector.getDataBuffer().getBytes(offsets[0], data, 0, all);
    byte[] to = out.array();
    for (int row = 0; row < count; row++) {
      int place = at[row];
      if (validity.has(row)) {
        int length = offsets[row + 1] - offsets[row];
        to[place] = (byte) tag;
        INTS.set(to, place + 1, length);
        System.arraycopy(data, offsets[row] - offsets[0], to, place + HEAD, length);
        at[row] = place + HEAD + length;
      } else {
        to[place] = Tag.NULL;
        at[row] = place + 1;
      }
    }
  }
}
