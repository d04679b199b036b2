package dev.godwit.extractor.mongodb.read;

import dev.godwit.spi.record.LargeReference;
import dev.godwit.spi.record.LargeValue;
import dev.godwit.spi.record.RecordBatch;
import dev.godwit.spi.record.Sha256;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.VarBinaryVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.types.pojo.Schema;

/** Fills batches of documents, one after the other, in buffers that are used again. */
final class BatchBuilder implements AutoCloseable {
  private static final int FIRST_ROWS = 4096;

  private final VectorSchemaRoot root;
  private final VarBinaryVector documents;
  private final List<LargeReference> large = new ArrayList<>();
  private int rows;
  private long bytes;

  BatchBuilder(Schema schema, BufferAllocator allocator) {
    this.root = VectorSchemaRoot.create(schema, allocator);
    this.documents = (VarBinaryVector) root.getVector(0);
    documents.allocateNew(CutRule.MOST, FIRST_ROWS);
  }

  int rows() {
    return rows;
  }

  long bytes() {
    return bytes;
  }

  /** Whether a document came that is so large that the batch ends with it. */
  boolean ended() {
    return !large.isEmpty();
  }

  /**
   * Adds a document that stays in its row.
   *
   * @param document at most {@link LargeValue#THRESHOLD} bytes, between position and limit
   */
  void add(ByteBuffer document) {
    int size = document.remaining();
    documents.setSafe(rows++, document, document.position(), size);
    bytes += size;
  }

  /** Leaves a place for a document that travels ahead. */
  void addLarge(ByteBuffer document) {
    MessageDigest sha256 = Sha256.begin();
    int length = document.remaining();
    sha256.update(document.duplicate());
    documents.setNull(rows);
    large.add(new LargeReference(rows++, 0, length, sha256.digest()));
  }

  /** The batch; it is valid until {@link #clear}. */
  RecordBatch build() {
    root.setRowCount(rows);
    return new RecordBatch(root, List.of(), List.copyOf(large));
  }

  /** Begins the next batch. */
  void clear() {
    // Not reset(), which writes zeros over all the documents.
    documents.getValidityBuffer().setZero(0, documents.getValidityBuffer().capacity());
    documents.setValueCount(0);
    large.clear();
    rows = 0;
    bytes = 0;
  }

  @Override
  public void close() {
    root.close();
  }
}
