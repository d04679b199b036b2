package dev.godwit.mapping.document;

import dev.godwit.mapping.document.DocumentShape.ShapeType;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.apache.arrow.vector.BaseFixedWidthVector;
import org.apache.arrow.vector.FieldVector;

/** A column of values of as many bytes each. */
final class FixedColumn extends RowColumn {
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle INTS =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  private static final int MICROS = 1000;

  private final ShapeType type;
  private final int width;
  private byte[] data;

  FixedColumn(ShapeType type) {
    this.type = type;
    this.width =
        switch (type) {
          case BOOL -> 0;
          case INT32 -> Integer.BYTES;
          case UUID -> 16;
          default -> Long.BYTES;
        };
    this.data = new byte[Math.max(1, width) << 9];
  }

  @Override
  void begin(int next) {
    if (width == 0) {
      if (next >> 3 >= data.length) {
        data = Arrays.copyOf(data, data.length * 2);
      }
      data[next >> 3] &= (byte) ~(1 << (next & 7));
    } else if ((next + 1) * width > data.length) {
      data = Arrays.copyOf(data, data.length * 2);
    } else {
      Arrays.fill(data, next * width, (next + 1) * width, (byte) 0);
    }
  }

  @Override
  boolean take(Elements of, int i) {
    int from = of.value(i);
    int at = row() * width;
    if (!ShapeTypes.holds(type, of, i)) {
      none();
      return false;
    } else if (type == ShapeType.INT64 && of.type(i) == BsonType.INT32) {
      LONGS.set(data, at, (long) of.int32(from));
    } else {
      switch (type) {
        case BOOL -> {
          int bit = 1 << (row() & 7);
          int others = data[row() >> 3] & ~bit; // the name may have come before
          data[row() >> 3] = (byte) (of.bytes()[from] != 0 ? others | bit : others);
        }
        case INT32 -> INTS.set(data, at, of.int32(from));
        case UUID -> System.arraycopy(of.bytes(), from + 5, data, at, width);
        case DATE -> LONGS.set(data, at, of.int64(from) * MICROS);
        default -> LONGS.set(data, at, of.int64(from));
      }
    }
    there();
    return true;
  }

  @Override
  int size() {
    return row() * width;
  }

  @Override
  void fill(FieldVector vector, int rows) {
    ((BaseFixedWidthVector) vector).allocateNew(rows);
    int bytes = width == 0 ? (rows + 7) >> 3 : rows * width;
    vector.getDataBuffer().setBytes(0, data, 0, bytes);
  }
}
