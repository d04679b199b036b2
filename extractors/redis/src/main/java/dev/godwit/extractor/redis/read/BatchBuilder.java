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
import org.apache.arrow.vector.BaseVariableWidthVector;
import org.apache.arrow.vector.TimeStampMilliTZVector;
import org.apache.arrow.vector.VectorSchemaRoot;

/** Fills batches of keys, one after the other, in buffers that are used again. */
final class BatchBuilder implements AutoCloseable {
  private static final int FULL = 4 << 20;
  private static final int MOST_ROWS = 1 << 16;
  private static final int ROW = 16;

  private final VectorSchemaRoot root;
  private final BytesColumn keys;
  private final BytesColumn types;
  private final TimeStampMilliTZVector expiries;
  private final BytesColumn values;
  private final BytesColumn elements;
  private final List<LargeReference> large = new ArrayList<>();
  private final Map<ValueType, byte[]> words = new EnumMap<>(ValueType.class);
  private int rows;
  private long bytes;

  BatchBuilder(BufferAllocator allocator) {
    this.root = VectorSchemaRoot.create(KeyValues.SCHEMA, allocator);
    this.keys = column(KeyValues.KEY);
    this.types = column(KeyValues.TYPE);
    this.expiries = (TimeStampMilliTZVector) root.getVector(KeyValues.EXPIRES);
    expiries.allocateNew(MOST_ROWS);
    expiries.zeroVector();
    this.values = column(KeyValues.VALUE);
    this.elements = column(KeyValues.ELEMENTS);
    for (ValueType type : ValueType.values()) {
      words.put(type, type.word().getBytes(StandardCharsets.US_ASCII));
    }
  }

  private BytesColumn column(int number) {
    return new BytesColumn((BaseVariableWidthVector) root.getVector(number), MOST_ROWS);
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
    boolean plain = column(key.value().type()) == KeyValues.VALUE;
    (plain ? values : elements).add(form, length);
    (plain ? elements : values).addNull();
    begin(key);
    bytes += length;
    rows++;
  }

  /** Adds a key whose value travelled ahead. */
  void addLarge(KeyValue key, long length, byte[] sha256) {
    values.addNull();
    elements.addNull();
    begin(key);
    large.add(new LargeReference(rows++, column(key.value().type()), length, sha256));
  }

  private void begin(KeyValue key) {
    byte[] word = words.get(key.value().type());
    keys.add(key.key(), key.key().length);
    types.add(word, word.length);
    if (key.expires() != KeyValue.NEVER) {
      expiries.set(rows, key.expires());
    }
    bytes += key.key().length + ROW;
  }

  /** The batch; it is valid until {@link #clear}. */
  RecordBatch build() {
    keys.finish();
    types.finish();
    values.finish();
    elements.finish();
    root.setRowCount(rows);
    return new RecordBatch(root, List.of(), List.copyOf(large));
  }

  /** Begins the next batch. */
  void clear() {
    keys.clear();
    types.clear();
    expiries.zeroVector();
    values.clear();
    elements.clear();
    large.clear();
    rows = 0;
    bytes = 0;
  }

  @Override
  public void close() {
    root.close();
  }
}
