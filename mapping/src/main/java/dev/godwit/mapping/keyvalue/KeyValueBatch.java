package dev.godwit.mapping.keyvalue;

import dev.godwit.mapping.bytes.GrowingBytes;
import dev.godwit.spi.record.KeyValues;
import dev.godwit.spi.record.LargeReference;
import dev.godwit.spi.record.RecordBatch;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.BaseVariableWidthVector;
import org.apache.arrow.vector.BitVectorHelper;
import org.apache.arrow.vector.TimeStampMilliTZVector;
import org.apache.arrow.vector.VectorSchemaRoot;

/**
 * A batch of keys whose values are all of one type and expire together, of which one may be large:
 * that one ends it.
 */
final class KeyValueBatch implements AutoCloseable {
  private final VectorSchemaRoot root;
  private final byte[] type;
  private final int column;
  private final Optional<Instant> expires;
  private final GrowingBytes keys = new GrowingBytes();
  private final GrowingBytes values = new GrowingBytes();
  private int[] keyEnds = new int[1 << 12];
  private int[] valueEnds = new int[1 << 12];
  private int rows;
  private LargeReference large;

  /** Batches of one type of value. */
  KeyValueBatch(String type, Optional<Instant> expires, BufferAllocator allocator) {
    this.root = VectorSchemaRoot.create(KeyValues.SCHEMA, allocator);
    this.type = type.getBytes(StandardCharsets.US_ASCII);
    this.column = type.equals("string") ? KeyValues.VALUE : KeyValues.ELEMENTS;
    this.expires = expires;
  }

  /** Where the next key is written, and then {@link #add}ed. */
  GrowingBytes keys() {
    return keys;
  }

  /** Where the next value is written, and then {@link #add}ed. */
  GrowingBytes values() {
    return values;
  }

  int rows() {
    return rows;
  }

  /** Where the value begins that is being written. */
  int start() {
    return rows == 0 ? 0 : valueEnds[rows - 1];
  }

  /** How many bytes are written. */
  int size() {
    return keys.size() + values.size();
  }

  boolean ended() {
    return large != null;
  }

  /** The key and the value that were written are a record. */
  void add() {
    if (rows == keyEnds.length) {
      keyEnds = Arrays.copyOf(keyEnds, rows * 2);
      valueEnds = Arrays.copyOf(valueEnds, rows * 2);
    }
    keyEnds[rows] = keys.size();
    valueEnds[rows++] = values.size();
  }

  /** The key that was written is a record, whose value travels ahead. */
  void addLarge(long length, byte[] sha256) {
    large = new LargeReference(rows, column, length, sha256);
    add();
  }

  /** The batch; it is valid until {@link #clear}. */
  RecordBatch build() {
    root.clear();
    fill((BaseVariableWidthVector) root.getVector(KeyValues.KEY), keys, keyEnds);
    BaseVariableWidthVector types = (BaseVariableWidthVector) root.getVector(KeyValues.TYPE);
    types.allocateNew((long) rows * type.length, rows);
    TimeStampMilliTZVector times = (TimeStampMilliTZVector) root.getVector(KeyValues.EXPIRES);
    times.allocateNew(rows);
    for (int row = 0; row < rows; row++) {
      types.set(row, type);
      if (expires.isPresent()) {
        times.set(row, expires.get().toEpochMilli());
      }
    }
    BaseVariableWidthVector filled = (BaseVariableWidthVector) root.getVector(column);
    fill(filled, values, valueEnds);
    if (large != null) {
      filled.setNull(large.row());
    }
    BaseVariableWidthVector other =
        (BaseVariableWidthVector) root.getVector(KeyValues.VALUE + KeyValues.ELEMENTS - column);
    other.allocateNew(0, rows);
    root.setRowCount(rows);
    return new RecordBatch(root, List.of(), large == null ? List.of() : List.of(large));
  }

  private void fill(BaseVariableWidthVector vector, GrowingBytes bytes, int[] ends) {
    vector.allocateNew(bytes.size(), rows);
    vector.getDataBuffer().setBytes(0, bytes.array(), 0, bytes.size());
    vector.getOffsetBuffer().setInt(0, 0);
    for (int row = 0; row < rows; row++) {
      vector.getOffsetBuffer().setInt(4L * (row + 1), ends[row]);
      BitVectorHelper.setBit(vector.getValidityBuffer(), row);
    }
    vector.setLastSet(rows - 1);
  }

  /** Begins the next batch. */
  void clear() {
    keys.clear();
    values.clear();
    rows = 0;
    large = null;
  }

  @Override
  public void close() {
    root.close();
  }
}
