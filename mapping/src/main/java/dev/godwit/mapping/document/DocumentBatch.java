package dev.godwit.mapping.document;

import dev.godwit.spi.record.LargeReference;
import dev.godwit.spi.record.RecordBatch;
import java.util.Arrays;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.BitVectorHelper;
import org.apache.arrow.vector.VarBinaryVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.types.pojo.Schema;

/** A batch of documents, of which one may be large: that one ends it. */
final class DocumentBatch implements AutoCloseable {
  private final VectorSchemaRoot root;
  private final VarBinaryVector documents;
  private int[] ends = new int[1 << 12];
  private int rows;
  private LargeReference large;

  DocumentBatch(Schema schema, BufferAllocator allocator) {
    root = VectorSchemaRoot.create(schema, allocator);
    documents = (VarBinaryVector) root.getVector(0);
  }

  int rows() {
    return rows;
  }

  boolean ended() {
    return large != null;
  }

  /** Notes where a document ends in the buffer. */
  void add(int end) {
    if (rows == ends.length) {
      ends = Arrays.copyOf(ends, rows * 2);
    }
    ends[rows++] = end;
  }

  /** Leaves a place for a document that travels ahead. */
  void addLarge(long length, byte[] sha256) {
    large = new LargeReference(rows, 0, length, sha256);
    add(rows == 0 ? 0 : ends[rows - 1]);
  }

  /** The batch, of the documents in the buffer; it is valid until {@link #clear}. */
  RecordBatch build(byte[] bytes) {
    int size = rows == 0 ? 0 : ends[rows - 1];
    documents.allocateNew(size, rows);
    documents.getDataBuffer().setBytes(0, bytes, 0, size);
    documents.getOffsetBuffer().setInt(0, 0);
    for (int row = 0; row < rows; row++) {
      documents.getOffsetBuffer().setInt(4L * (row + 1), ends[row]);
      if (large == null || large.row() != row) {
        BitVectorHelper.setBit(documents.getValidityBuffer(), row);
      }
    }
    documents.setLastSet(rows - 1);
    root.setRowCount(rows);
    return new RecordBatch(root, List.of(), large == null ? List.of() : List.of(large));
  }

  /** Begins the next batch. */
  void clear() {
    documents.reset();
    rows = 0;
    large = null;
  }

  @Override
  public void close() {
    root.close();
  }
}
