package dev.godwit.loader.redis.write;

import dev.godwit.extractor.redis.value.ValueType;
import dev.godwit.spi.record.KeyValues;
import dev.godwit.spi.record.LargeReference;
import dev.godwit.spi.record.RecordBatch;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.apache.arrow.vector.BaseVariableWidthVector;
import org.apache.arrow.vector.TimeStampMilliTZVector;

/** The columns of a batch, copied out of it in one piece each. Used by one thread. */
final class Columns {
  private final Column keys = new Column();
  private final Column types = new Column();
  private final Column values = new Column();
  private final Column elements = new Column();
  private RecordBatch batch;
  private TimeStampMilliTZVector expiries;

  /** Goes on with a batch, which must stay as it is meanwhile. */
  void over(RecordBatch next) {
    batch = next;
    keys.over(next, KeyValues.KEY);
    types.over(next, KeyValues.TYPE);
    values.over(next, KeyValues.VALUE);
    elements.over(next, KeyValues.ELEMENTS);
    expiries = (TimeStampMilliTZVector) next.rows().getVector(KeyValues.EXPIRES);
  }

  /** How many bytes keys and values have, but for those that travelled ahead. */
  long bytes() {
    return (long) keys.size + values.size + elements.size;
  }

  /**
   * The type of a row's value.
   *
   * @throws IllegalStateException if it is none that is known
   */
  ValueType type(int row) {
    String word =
        new String(types.bytes, types.at(row), types.length(row), StandardCharsets.US_ASCII);
    return ValueType.of(word)
        .orElseThrow(() -> new IllegalStateException("no type of values is called " + word));
  }

  /** When a row's key expires, or never. */
  long expires(int row) {
    return expiries.isNull(row) ? SmallKeys.Row.NEVER : expiries.get(row);
  }

  byte[] key(int row) {
    return Arrays.copyOfRange(keys.bytes, keys.at(row), keys.at(row) + keys.length(row));
  }

  /** The value of a row that travelled ahead, or null. */
  LargeReference large(int row, ValueType type) {
    return batch.largeAt(row, column(type));
  }

  private static int column(ValueType type) {
    return type == ValueType.STRING || type == ValueType.MODULE
        ? KeyValues.VALUE
        : KeyValues.ELEMENTS;
  }

  /**
   * A row whose value lies in it.
   *
   * @throws IllegalStateException if it has none
   */
  SmallKeys.Row row(int row, ValueType type) {
    Column column = column(type) == KeyValues.VALUE ? values : elements;
    if (column.vector.isNull(row)) {
      throw new IllegalStateException("a key of type " + type.word() + " has no value");
    }
    return new SmallKeys.Row(
        keys.bytes,
        keys.at(row),
        keys.length(row),
        column.bytes,
        column.at(row),
        column.length(row),
        expires(row));
  }

  /** One column's bytes. */
  private static final class Column {
    private BaseVariableWidthVector vector;
    private byte[] bytes = new byte[0];
    private int size;
    private int first;

    void over(RecordBatch batch, int column) {
      vector = (BaseVariableWidthVector) batch.rows().getVector(column);
      int rows = batch.rowCount();
      first = rows == 0 ? 0 : vector.getOffsetBuffer().getInt(0);
      int end =
          rows == 0
              ? 0
              : vector.getOffsetBuffer().getInt((long) rows * BaseVariableWidthVector.OFFSET_WIDTH);
      size = end - first;
      if (bytes.length < size) {
        bytes = new byte[size];
      }
      if (size > 0) {
        vector.getDataBuffer().getBytes(first, bytes, 0, size);
      }
    }

    int at(int row) {
      return vector.getStartOffset(row) - first;
    }

    int length(int row) {
      return vector.getValueLength(row);
    }
  }
}
