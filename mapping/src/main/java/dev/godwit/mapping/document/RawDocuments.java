package dev.godwit.mapping.document;

import dev.godwit.spi.record.LargeReference;
import dev.godwit.spi.record.LargeSpool;
import dev.godwit.spi.record.RecordBatch;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import org.apache.arrow.vector.VarBinaryVector;

/**
 * The documents of a batch as bytes: one copy for all of them, into a buffer that is used again.
 */
final class RawDocuments {
  private RecordBatch batch;
  private LargeSpool spool;
  private VarBinaryVector documents;
  private int first;
  private byte[] together = {};
  private byte[] bytes = {};
  private int from;
  private int to;

  /** Begins with a batch. */
  void over(RecordBatch next, LargeSpool large) {
    batch = next;
    spool = large;
    documents = (VarBinaryVector) next.rows().getVector(0);
    int rows = next.rowCount();
    first = rows == 0 ? 0 : documents.getStartOffset(0);
    int size = rows == 0 ? 0 : documents.getEndOffset(rows - 1) - first;
    if (together.length < size) {
      together = new byte[size];
    }
    documents.getDataBuffer().getBytes(first, together, 0, size);
  }

  /**
   * Goes to the document of a row.
   *
   * @throws IllegalArgumentException if the row has none
   */
  void at(int row) {
    LargeReference large = batch.large().isEmpty() ? null : batch.largeAt(row, 0);
    if (large != null) {
      bytes = read(large);
      from = 0;
      to = bytes.length;
    } else if (documents.isNull(row)) {
      throw new IllegalArgumentException("it holds no document");
    } else {
      bytes = together;
      from = documents.getStartOffset(row) - first;
      to = documents.getEndOffset(row) - first;
    }
  }

  /** Where the document lies; valid until another is gone to. */
  byte[] bytes() {
    return bytes;
  }

  int from() {
    return from;
  }

  int to() {
    return to;
  }

  private byte[] read(LargeReference large) {
    try (InputStream in = spool.open(large)) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
