package dev.godwit.mapping.keyvalue;

import dev.godwit.mapping.bytes.GrowingBytes;
import java.util.Arrays;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.BaseVariableWidthVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.ipc.message.ArrowFieldNode;
import org.apache.arrow.vector.types.pojo.Field;

/** Makes a column of text of one of bytes, and the other way round. Used by one thread. */
final class ByteColumn {
  private final Field field;
  private final boolean toText;
  private byte[] together = {};
  private final GrowingBytes out = new GrowingBytes();

  /**
   * Makes a column.
   *
   * @param field what is made
   * @param toText whether bytes become text, else text becomes bytes
   */
  ByteColumn(Field field, boolean toText) {
    this.field = field;
    this.toText = toText;
  }

  /**
   * The column of a batch; where nothing changes it shares its memory.
   *
   * @throws OddTextException if a text begins as base 64, and is none
   */
  FieldVector of(FieldVector from, int rows, BufferAllocator allocator) {
    BaseVariableWidthVector given = (BaseVariableWidthVector) from;
    BaseVariableWidthVector made = (BaseVariableWidthVector) field.createVector(allocator);
    try {
      int first = rows == 0 ? 0 : given.getOffsetBuffer().getInt(0);
      int size = rows == 0 ? 0 : given.getEndOffset(rows - 1) - first;
      if (together.length < size) {
        together = new byte[size];
      }
      given.getDataBuffer().getBytes(first, together, 0, size);
      if (everyIsPlain(given, first, rows)) {
        made.loadFieldBuffers(
            new ArrowFieldNode(rows, given.getNullCount()), given.getFieldBuffers());
      } else {
        change(given, made, first, rows);
      }
      return made;
    } catch (RuntimeException | Error e) {
      made.close();
      throw e;
    }
  }

  private boolean everyIsPlain(BaseVariableWidthVector given, int first, int rows) {
    for (int row = 0; row < rows; row++) {
      int from = given.getStartOffset(row) - first;
      int to = given.getEndOffset(row) - first;
      boolean plain =
          toText ? ByteText.isPlain(together, from, to) : !ByteText.beginsOdd(together, from, to);
      if (!plain) {
        return false;
      }
    }
    return true;
  }

  private void change(
      BaseVariableWidthVector given, BaseVariableWidthVector made, int first, int rows) {
    made.allocateNew(rows);
    for (int row = 0; row < rows; row++) {
      int from = given.getStartOffset(row) - first;
      int to = given.getEndOffset(row) - first;
      if (given.isNull(row)) {
        made.setNull(row);
      } else if (!toText) {
        set(made, row, bytes(row, from, to));
      } else if (ByteText.isPlain(together, from, to)) {
        set(made, row, Arrays.copyOfRange(together, from, to));
      } else {
        out.clear();
        ByteText.odd(together, from, to, out);
        set(made, row, Arrays.copyOf(out.array(), out.size()));
      }
    }
    made.setValueCount(rows);
  }

  private byte[] bytes(int row, int from, int to) {
    try {
      return ByteText.bytes(together, from, to);
    } catch (IllegalArgumentException e) {
      throw new OddTextException(row, e);
    }
  }

  private static void set(BaseVariableWidthVector made, int row, byte[] value) {
    made.setSafe(row, value, 0, value.length);
  }

  /** A text begins as base 64, and is none. */
  static final class OddTextException extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final int row;

    OddTextException(int row, Throwable cause) {
      super(cause.getMessage(), cause);
      this.row = row;
    }

    /** Its row in the batch, from 0. */
    int row() {
      return row;
    }
  }
}
