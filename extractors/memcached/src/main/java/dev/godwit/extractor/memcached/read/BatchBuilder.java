package dev.godwit.extractor.memcached.read;

import dev.godwit.extractor.memcached.value.Records;
import dev.godwit.spi.record.KeyValues;
import dev.godwit.spi.record.LargeReference;
import dev.godwit.spi.record.RecordBatch;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.TimeStampMilliTZVector;
import org.apache.arrow.vector.UInt8Vector;
import org.apache.arrow.vector.VarBinaryVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.VectorSchemaRoot;

/** Fills batches of items, one after the other, in buffers that are used again. */
final class BatchBuilder implements AutoCloseable {
  private static final byte[] STRING = "string".getBytes(StandardCharsets.US_ASCII);
  private static final int ROW = 40;

  private final VectorSchemaRoot root;
  private final VarBinaryVector keys;
  private final VarCharVector types;
  private final TimeStampMilliTZVector expiries;
  private final VarBinaryVector values;
  private final FieldVector elements;
  private final BigIntVector flags;
  private final UInt8Vector cas;
  private final List<LargeReference> large = new ArrayList<>();
  private int rows;
  private long bytes;

  BatchBuilder(boolean withCas, BufferAllocator allocator) {
    this.root = VectorSchemaRoot.create(Records.schema(withCas), allocator);
    this.keys = (VarBinaryVector) root.getVector(KeyValues.KEY);
    this.types = (VarCharVector) root.getVector(KeyValues.TYPE);
    this.expiries = (TimeStampMilliTZVector) root.getVector(KeyValues.EXPIRES);
    this.values = (VarBinaryVector) root.getVector(KeyValues.VALUE);
    this.elements = root.getVector(KeyValues.ELEMENTS);
    this.flags = (BigIntVector) root.getVector(Records.FLAGS);
    this.cas = withCas ? (UInt8Vector) root.getVector(Records.CAS) : null;
    root.getFieldVectors().forEach(FieldVector::allocateNew);
  }

  int rows() {
    return rows;
  }

  /** Whether the batch should end ahead of an item, whose value stays in its row. */
  boolean endsBefore(Item item, long inRow) {
    return rows > 0 && CutRule.endsBefore(item.key(), item.key().length + ROW + inRow, bytes, rows);
  }

  /** Adds an item whose value stays in its row. */
  void add(Item item, byte[] from, int offset) {
    values.setSafe(rows, from, offset, (int) item.length());
    bytes += item.length();
    begin(item);
    rows++;
  }

  /** Adds an item whose value travelled ahead. */
  void addLarge(Item item, byte[] sha256) {
    values.setNull(rows);
    begin(item);
    large.add(new LargeReference(rows++, KeyValues.VALUE, item.length(), sha256));
  }

  private void begin(Item item) {
    keys.setSafe(rows, item.key());
    types.setSafe(rows, STRING);
    if (item.expires() == ListedKey.NEVER) {
      expiries.setNull(rows);
    } else {
      expiries.setSafe(rows, item.expires() * 1000);
    }
    elements.setNull(rows);
    flags.setSafe(rows, item.flags());
    if (cas != null) {
      cas.setSafe(rows, item.cas());
    }
    bytes += item.key().length + ROW;
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
