package dev.godwit.mapping.document;

import dev.godwit.spi.extract.RecordReader;
import dev.godwit.spi.record.LargeReference;
import dev.godwit.spi.record.LargeSpool;
import dev.godwit.spi.record.LargeValue;
import dev.godwit.spi.record.RecordBatch;
import dev.godwit.spi.record.RecordItem;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Optional;
import org.apache.arrow.vector.VarBinaryVector;

/**
 * The documents of a batch as bytes: one copy for all of them, into a buffer that is used again.
 */
public final class RawDocuments {
  private RecordBatch batch;
  private LargeSpool spool;
  private VarBinaryVector documents;
  private int first;
  private byte[] together = {};
  private byte[] bytes = {};
  private int from;
  private int to;

  /**
   * The first document that a reader comes to, in raw BSON; empty where it has none.
   *
   * @param documents of which no more is read than the first batch; closing it is the caller's
   * @throws IllegalArgumentException if the first record has no document
   */
  public static Optional<byte[]> first(RecordReader documents) {
    RawDocuments raw = new RawDocuments();
    try (LargeSpool spool = new LargeSpool()) {
      for (RecordItem item; (item = documents.next()) != null; ) {
        if (item instanceof LargeValue large) {
          spool.keep(large);
        } else if (((RecordBatch) item).rowCount() > 0) {
          raw.over((RecordBatch) item, spool);
          raw.at(0);
          return Optional.of(Arrays.copyOfRange(raw.bytes, raw.from, raw.to));
        }
      }
      return Optional.empty();
    }
  }

  /** Begins with a batch. */
  public void over(RecordBatch next, LargeSpool large) {
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
  public void at(int row) {
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
  public byte[] bytes() {
    return bytes;
  }

  public int from() {
    return from;
  }

  public int to() {
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
