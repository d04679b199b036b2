package dev.godwit.loader.mongodb;

import dev.godwit.spi.dataset.Partition;
import dev.godwit.spi.load.RecordWriter;
import dev.godwit.spi.record.LargeReference;
import dev.godwit.spi.record.LargeSpool;
import dev.godwit.spi.record.LargeValue;
import dev.godwit.spi.record.RecordBatch;
import dev.godwit.spi.record.RecordItem;
import dev.godwit.spi.run.Cancellation;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.vector.VarBinaryVector;
import org.bson.RawBsonDocument;

/**
 * Writes one partition. Documents stay where they were written when it is aborted: written again
 * under the same {@code _id} they do no harm, and the load does not count as done.
 */
final class DocumentWriter implements RecordWriter {
  private final DocumentSink sink;
  private final Partition partition;
  private final Runnable mark;
  private final Cancellation cancellation;
  private final LargeSpool spool = new LargeSpool();
  private long bytes;

  DocumentWriter(DocumentSink sink, Partition partition, Runnable mark, Cancellation cancellation) {
    this.sink = sink;
    this.partition = partition;
    this.mark = mark;
    this.cancellation = cancellation;
  }

  @Override
  public void write(RecordItem item) {
    cancellation.check();
    if (item instanceof LargeValue value) {
      spool.keep(value);
      return;
    }
    RecordBatch batch = (RecordBatch) item;
    VarBinaryVector documents = (VarBinaryVector) batch.rows().getVector(0);
    List<RawBsonDocument> some = new ArrayList<>(batch.rowCount());
    long from = batch.rowCount() == 0 ? 0 : documents.getStartOffset(0);
    byte[] held = copy(documents, from, batch.rowCount());
    for (int row = 0; row < batch.rowCount(); row++) {
      LargeReference large = batch.largeAt(row, 0);
      if (large != null) {
        flush(some);
        flush(new ArrayList<>(List.of(read(large))));
      } else if (documents.isNull(row)) {
        throw new IllegalStateException(partition + " holds a row without a document");
      } else {
        int start = (int) (documents.getStartOffset(row) - from);
        some.add(new RawBsonDocument(held, start, documents.getValueLength(row)));
      }
    }
    flush(some);
    spool.clear();
  }

  private byte[] copy(VarBinaryVector documents, long from, int rows) {
    if (rows == 0) {
      return new byte[0];
    }
    long to = (long) documents.getStartOffset(rows - 1) + documents.getValueLength(rows - 1);
    byte[] held = new byte[Math.toIntExact(to - from)];
    documents.getDataBuffer().getBytes(from, held);
    bytes += held.length;
    return held;
  }

  private RawBsonDocument read(LargeReference reference) {
    try (InputStream in = spool.open(reference)) {
      byte[] document = in.readAllBytes();
      bytes += document.length;
      return new RawBsonDocument(document);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void flush(List<RawBsonDocument> some) {
    if (!some.isEmpty()) {
      cancellation.check();
      sink.write(some);
      some.clear();
    }
  }

  @Override
  public Commit commit() {
    cancellation.check();
    mark.run();
    return new Commit(sink.written(), bytes, -1, sink.kept());
  }

  @Override
  public void abort() {
    spool.clear();
  }

  @Override
  public void close() {
    spool.close();
  }
}
