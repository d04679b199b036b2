package dev.godwit.mapping.keyvalue;

import dev.godwit.mapping.bytes.GrowingBytes;
import dev.godwit.spi.record.KeyValues;
import dev.godwit.spi.record.LargeReference;
import dev.godwit.spi.record.RecordBatch;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.BaseVariableWidthVector;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.BitVectorHelper;
import org.apache.arrow.vector.TimeStampMilliTZVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.types.pojo.Schema;

/** A batch of keys with values, of which one may be large: that one ends it. */
final class KeyValueBatch implements AutoCloseable {
  /** Column after those of every engine, in batches that have it. */
  static final int FLAGS = KeyValues.SCHEMA.getFields().size();

  private static final Map<KeyType, byte[]> WORDS = new EnumMap<>(KeyType.class);
  private static final int LONGEST_WORD = 6;

  static {
    for (KeyType type : KeyType.values()) {
      WORDS.put(type, type.word().getBytes(StandardCharsets.US_ASCII));
    }
  }

  private final VectorSchemaRoot root;
  private final boolean flagged;
  private final Bytes keys = new Bytes();
  private final Bytes strings = new Bytes();
  private final Bytes elements = new Bytes();
  private KeyHead[] heads = new KeyHead[1 << 12];
  private int rows;
  private LargeReference large;

  /** The bytes of a column, and where those of each row end. */
  private static final class Bytes {
    private final GrowingBytes all = new GrowingBytes();
    private int[] ends = new int[1 << 12];

    void endRow(int row) {
      if (row == ends.length) {
        ends = Arrays.copyOf(ends, row * 2);
      }
      ends[row] = all.size();
    }

    /** Fills a column, and leaves it open which of its rows are null. */
    void fill(BaseVariableWidthVector vector, int rows) {
      vector.allocateNew(all.size(), rows);
      vector.getDataBuffer().setBytes(0, all.array(), 0, all.size());
      vector.getOffsetBuffer().setInt(0, 0);
      for (int row = 0; row < rows; row++) {
        vector.getOffsetBuffer().setInt(4L * (row + 1), ends[row]);
      }
      vector.setLastSet(rows - 1);
    }
  }

  /**
   * Batches of a schema.
   *
   * @param schema the columns that every engine has, and flags after them or none
   */
  KeyValueBatch(Schema schema, BufferAllocator allocator) {
    this.root = VectorSchemaRoot.create(schema, allocator);
    this.flagged = schema.getFields().size() > FLAGS;
  }

  /** Where the next key is written, and then {@link #add}ed. */
  GrowingBytes keys() {
    return keys.all;
  }

  /** Where the next value is written if it is of this type, and then {@link #add}ed. */
  GrowingBytes values(KeyType type) {
    return of(type).all;
  }

  private Bytes of(KeyType type) {
    return type.isBytes() ? strings : elements;
  }

  int rows() {
    return rows;
  }

  /** How many bytes are written. */
  int size() {
    return keys.all.size() + strings.all.size() + elements.all.size();
  }

  boolean ended() {
    return large != null;
  }

  /** The key and the value that were written are a record. */
  void add(KeyHead head) {
    if (rows == heads.length) {
      heads = Arrays.copyOf(heads, rows * 2);
    }
    heads[rows] = head;
    keys.endRow(rows);
    strings.endRow(rows);
    elements.endRow(rows);
    rows++;
  }

  /** The key that was written is a record, whose value travels ahead. */
  void addLarge(KeyHead head, long length, byte[] sha256) {
    int column = head.type().isBytes() ? KeyValues.VALUE : KeyValues.ELEMENTS;
    large = new LargeReference(rows, column, length, sha256);
    add(head);
  }

  /** The batch; it is valid until {@link #clear}. */
  RecordBatch build() {
    root.clear();
    keys.fill(variable(KeyValues.KEY), rows);
    strings.fill(variable(KeyValues.VALUE), rows);
    elements.fill(variable(KeyValues.ELEMENTS), rows);
    heads();
    if (large != null) {
      variable(large.column()).setNull(large.row());
    }
    if (flagged) {
      flags((BigIntVector) root.getVector(FLAGS));
    }
    root.setRowCount(rows);
    return new RecordBatch(root, List.of(), large == null ? List.of() : List.of(large));
  }

  private BaseVariableWidthVector variable(int column) {
    return (BaseVariableWidthVector) root.getVector(column);
  }

  private void heads() {
    BaseVariableWidthVector types = variable(KeyValues.TYPE);
    types.allocateNew((long) rows * LONGEST_WORD, rows);
    TimeStampMilliTZVector times = (TimeStampMilliTZVector) root.getVector(KeyValues.EXPIRES);
    times.allocateNew(rows);
    ArrowBuf hasKey = root.getVector(KeyValues.KEY).getValidityBuffer();
    ArrowBuf hasValue = root.getVector(KeyValues.VALUE).getValidityBuffer();
    ArrowBuf hasElements = root.getVector(KeyValues.ELEMENTS).getValidityBuffer();
    for (int row = 0; row < rows; row++) {
      KeyHead head = heads[row];
      types.set(row, WORDS.get(head.type()));
      if (head.expires().isPresent()) {
        times.set(row, head.expires().getAsLong());
      }
      BitVectorHelper.setBit(hasKey, row);
      BitVectorHelper.setBit(head.type().isBytes() ? hasValue : hasElements, row);
    }
  }

  private void flags(BigIntVector vector) {
    vector.allocateNew(rows);
    for (int row = 0; row < rows; row++) {
      if (heads[row].flags().isPresent()) {
        vector.set(row, heads[row].flags().getAsLong());
      }
    }
  }

  /** Begins the next batch. */
  void clear() {
    keys.all.clear();
    strings.all.clear();
    elements.all.clear();
    rows = 0;
    large = null;
  }

  @Override
  public void close() {
    root.close();
  }
}
