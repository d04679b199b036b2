package dev.godwit.extractor.postgresql.copy;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.BitVector;
import org.apache.arrow.vector.DateDayVector;
import org.apache.arrow.vector.DecimalVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.Float4Vector;
import org.apache.arrow.vector.Float8Vector;
import org.apache.arrow.vector.IntVector;
import org.apache.arrow.vector.SmallIntVector;
import org.apache.arrow.vector.TimeMicroVector;
import org.apache.arrow.vector.TimeStampVector;
import org.apache.arrow.vector.VarBinaryVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.complex.ListVector;
import org.apache.arrow.vector.types.pojo.Schema;

/**
 * A binary copy into one batch by Arrow's own setters, a value at a time: slow and plain, for the
 * decoder to be compared with. For values that fit, and only types of which it knows the vector.
 */
final class PlainDecoder {
  private PlainDecoder() {}

  /** Decodes the rows of messages; the caller closes the batch. */
  static VectorSchemaRoot decode(Schema schema, List<byte[]> messages, BufferAllocator allocator) {
    VectorSchemaRoot root = VectorSchemaRoot.create(schema, allocator);
    root.getFieldVectors().forEach(FieldVector::allocateNew);
    int row = 0;
    boolean first = true;
    for (byte[] message : messages) {
      ByteBuffer data = ByteBuffer.wrap(message);
      if (first) {
        data.position(19);
        first = false;
      }
      while (data.hasRemaining()) {
        int fields = data.getShort();
        for (int i = 0; i < fields; i++) {
          set(root.getVector(i), row, value(data));
        }
        row += fields >= 0 ? 1 : 0;
      }
    }
    root.setRowCount(row);
    return root;
  }

  private static ByteBuffer value(ByteBuffer data) {
    int length = data.getInt();
    if (length < 0) {
      return null;
    }
    byte[] bytes = new byte[length];
    data.get(bytes);
    return ByteBuffer.wrap(bytes);
  }

  private static void set(FieldVector vector, int row, ByteBuffer value) {
    if (value == null) {
      if (vector instanceof ListVector list) {
        list.setNull(row);
      }
      return; // setRowCount leaves it null
    }
    if (vector instanceof BitVector v) {
      v.setSafe(row, value.get());
    } else if (vector instanceof SmallIntVector v) {
      v.setSafe(row, value.getShort());
    } else if (vector instanceof IntVector v) {
      v.setSafe(row, value.getInt());
    } else if (vector instanceof BigIntVector v) {
      v.setSafe(row, value.getLong());
    } else if (vector instanceof Float4Vector v) {
      v.setSafe(row, value.getFloat());
    } else if (vector instanceof Float8Vector v) {
      v.setSafe(row, value.getDouble());
    } else if (vector instanceof DateDayVector v) {
      v.setSafe(row, value.getInt() + 10957);
    } else if (vector instanceof TimeMicroVector v) {
      v.setSafe(row, value.getLong());
    } else if (vector instanceof TimeStampVector v) {
      v.setSafe(row, value.getLong() + 946_684_800_000_000L);
    } else if (vector instanceof VarCharVector v) {
      v.setSafe(row, value, 0, value.remaining());
    } else if (vector instanceof VarBinaryVector v) {
      v.setSafe(row, value, 0, value.remaining());
    } else if (vector instanceof DecimalVector v) {
      v.setSafe(row, numeric(value).setScale(v.getScale()));
    } else if (vector instanceof ListVector v) {
      list(v, row, value);
    } else {
      throw new IllegalArgumentException(vector.getField().toString());
    }
  }

  private static void list(ListVector vector, int row, ByteBuffer value) {
    int dimensions = value.getInt();
    value.getLong();
    int size = dimensions == 0 ? 0 : (int) (value.getLong() >>> 32);
    int at = vector.startNewValue(row);
    for (int i = 0; i < size; i++) {
      FieldVector elements = vector.getDataVector();
      ByteBuffer element = value(value);
      if (element == null) {
        while (elements.getValueCapacity() <= at + i) {
          elements.reAlloc();
        }
      }
      set(elements, at + i, element);
    }
    vector.endValue(row, size);
  }

  private static BigDecimal numeric(ByteBuffer value) {
    int digits = value.getShort();
    int weight = value.getShort();
    boolean negative = value.getShort() != 0;
    value.getShort();
    BigDecimal number = BigDecimal.ZERO;
    for (int i = 0; i < digits; i++) {
      BigDecimal digit = new BigDecimal(BigInteger.valueOf(value.getShort()));
      number = number.add(digit.scaleByPowerOfTen(4 * (weight - i)));
    }
    return negative ? number.negate() : number;
  }
}
