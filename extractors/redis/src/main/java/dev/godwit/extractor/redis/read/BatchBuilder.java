package dev.godwit.extractor.redis.read;

import dev.godwit.extractor.redis.value.ValueType;
import dev.godwit.spi.record.KeyValues;
import dev.godwit.spi.record.LargeReference;
import dev.godwit.spi.record.RecordBatch;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.TimeStampMilliTZVector;
import org.apache.arrow.vector.VarBinaryVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.VectorSchemaRoot;

/** Fills batches of keys, one after the other, in buffers that are used again. */
final class BatchBuilder implements AutoCloseable {
  private static final int FULL = 4 << 20;
  private static final int MOST_ROWS = 1 << 16;
  private static final int ROW = 16;

  private final VectorSchemaRoot root;
  private final VarBinaryVector keys;
  private final VarCharVector types;
  private final TimeStampMilliTZVector expiries;
  private final VarBinaryVector values;
  private final VarCharVector elements;
  private final List<LargeReference> large = new ArrayList<>();
  private final Map<ValueType, byte[]> words = new EnumMap<>(ValueType.class);
  private int rows;
  private long bytes;

  BatchBuilder(BufferAllocator allocator) {
    this.root = VectorSchemaRoot.create(KeyValues.SCHEMA, allocator);
    this.keys = (VarBinaryVector) root.getVector(KeyValues.KEY);
    this.types = (VarCharVector) root.getVector(KeyValues.TYPE);
    this.expiries = (TimeStampMilliTZVector) root.getVector(KeyValues.EXPIRES);
    this.values = (VarBinaryVector) root.getVector(KeyValues.VALUE);
    this.elements = (VarCharVector) root.getVector(KeyValues.ELEMENTS);
    root.getFieldVectors().forEach(FieldVector::allocateNew);
    for (ValueType type : ValueType.values()) {
      words.put(type, type.word().getBytes(StandardCharsets.US_ASCII));
    }
  }

  int rows() {
    return rows;
  }

  boolean full() {
    return bytes >= FULL || rows >= MOST_ROWS;
  }

  /** The column in which values of a type lie. */
  static int column(ValueType type) {
    return type == ValueType.STRING || type == ValueType.MODULE
        ? KeyValues.VALUE
        : KeyValues.ELEMENTS;
  }

  /** Adds a key whose value stays in its row: the first {@code length} bytes of {@code form}. */
  void add(KeyValue key, byte[] form, int length) {
    if (column(key.value().type()) == KeyValues.VALUE) {
      values.setSafe(rows, form, 0, length);
      elements.setNull(rows);
    } else {
      elements.setSafe(rows, form, 0, length);
      values.setNull(rows);
    }
    begin(key);
    bytes += length;
    rows++;
  }

  /** Adds a key whose value travelled ahead. */
  void addLarge(KeyValue key, long length, byte[] sha256) {
    values.setNull(rows);
    elements.setNull(rows);
    begin(key);
    large.add(new LargeReference(rows++, column(key.value().type()), length, sha256));
  }

  private void begin(KeyValue key) {
    keys.setSafe(rows, key.key());
    types.setSafe(rows, words.get(key.value().type()));
    if (key.expires() == KeyValue.NEVER) {
      expiries.setNull(rows);
    } else {
      expiries.setSafe(rows, key.expires());
    }
    bytes += key.key().length + ROW;
  }

  /** The batch; it is valid until {@link #clear}. */
  RecordBatch build() {
    root.setRowCount(rows);
    return new RecordBatch(root, List.of(), List.copyOf(large));
  }

  /** Begins the next batch. */
  void clear() {
    root.getFieldVectors().forEach(FieldVector::reset);
    large.clear();
    rows = 0;
    bytes = 0;
  }

  @Override
  public void close() {
    root.close();
  }
}
