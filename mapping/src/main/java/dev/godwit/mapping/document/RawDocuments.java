package dev.godwit.mapping.document;

import dev.godwit.spi.record.LargeReference;
import dev.godwit.spi.record.LargeSpool;
import dev.godwit.spi.record.RecordBatch;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import org.apache.arrow.vector.VarBinaryVector;

/** The documents of a batch as bytes: one copy for all of them. */
final class RawDocuments {
  private final RecordBatch batch;
  private final LargeSpool spool;
  private final VarBinaryVector documents;
  private final long first;
  private final byte[] bytes;

  RawDocuments(RecordBatch batch, LargeSpool spool) {
    this.batch = batch;
    this.spool = spool;
    documents = (VarBinaryVector) batch.rows().getVector(0);
    int rows = batch.rowCount();
    first = rows == 0 ? 0 : documents.getStartOffset(0);
    long end = rows == 0 ? 0 : documents.getEndOffset(rows - 1);
    bytes = new byte[Math.toIntExact(end - first)];
    documents.getDataBuffer().getBytes(first, bytes);
  }

  /** Takes a document. */
  @FunctionalInterface
  interface Taking {
    /** It lies from one place of the bytes to another, which are not kept. */
    void take(int row, byte[] bytes, int from, int to);
  }

  /** Hands over every document, in order. */
  void each(Taking taking) {
    for (int row = 0; row < batch.rowCount(); row++) {
      one(row, taking);
    }
  }

  /** Hands over the document of a row. */
  void one(int row, Taking taking) {
    LargeReference large = batch.large().isEmpty() ? null : batch.largeAt(row, 0);
    if (large != null) {
      byte[] document = read(large);
      taking.take(row, document, 0, document.length);
    } else if (documents.isNull(row)) {
      throw new IllegalArgumentException("a row holds no document");
    } else {
      taking.take(
          row,
          bytes,
          (int) (documents.getStartOffset(row) - first),
          (int) (documents.getEndOffset(row) - first));
    }
  }

  private byte[] read(LargeReference large) {
    try (InputStream in = spool.open(large)) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
