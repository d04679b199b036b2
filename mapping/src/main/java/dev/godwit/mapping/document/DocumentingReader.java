package dev.godwit.mapping.document;

import dev.godwit.mapping.bytes.GrowingBytes;
import dev.godwit.spi.extract.RecordReader;
import dev.godwit.spi.record.LargeSpool;
import dev.godwit.spi.record.LargeValue;
import dev.godwit.spi.record.RecordBatch;
import dev.godwit.spi.record.RecordItem;
import dev.godwit.spi.record.Sha256;
import java.io.ByteArrayInputStream;
import java.security.MessageDigest;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.types.pojo.Schema;

/** Reads the rows of a partition as documents. */
final class DocumentingReader implements RecordReader {
  private static final int BATCH_BYTES = 4 << 20;

  private final RecordReader source;
  private final RowDocuments documents;
  private final DocumentBatch batch;
  private final GrowingBytes out = new GrowingBytes();
  private final LargeSpool spool = new LargeSpool();
  private RecordBatch rows;
  private int row;
  private boolean given;

  DocumentingReader(
      RecordReader source, Schema schema, RowDocuments documents, BufferAllocator allocator) {
    this.source = source;
    this.documents = documents;
    this.batch = new DocumentBatch(schema, allocator);
  }

  @Override
  public RecordItem next() {
    if (given) {
      batch.clear();
      out.cutTo(0);
      given = false;
    }
    if (batch.ended()) {
      return give();
    }
    if (rows == null && !pull()) {
      return null;
    }
    while (row < rows.rowCount() && out.size() < BATCH_BYTES) {
      int start = out.size();
      documents.write(row++, out);
      if (out.size() - start > LargeValue.THRESHOLD) {
        return large(start);
      }
      batch.add(out.size());
    }
    return give();
  }

  /** Reads on to the next batch with rows. */
  private boolean pull() {
    for (RecordItem item; (item = source.next()) != null; ) {
      if (item instanceof LargeValue value) {
        spool.keep(value);
      } else if (((RecordBatch) item).rowCount() > 0) {
        rows = (RecordBatch) item;
        row = 0;
        documents.over(rows, spool);
        return true;
      }
    }
    return false;
  }

  private LargeValue large(int start) {
    int length = out.size() - start;
    MessageDigest sha256 = Sha256.begin();
    sha256.update(out.array(), start, length);
    batch.addLarge(length, sha256.digest());
    out.cutTo(start); // its bytes stay where they are until the next document is written
    return new LargeValue(new ByteArrayInputStream(out.array(), start, length));
  }

  private RecordBatch give() {
    given = true;
    if (row == rows.rowCount()) {
      documents.end(rows);
      spool.clear();
      rows = null;
    }
    return batch.build(out.array());
  }

  @Override
  public void close() {
    try (source;
        spool) {
      batch.close();
    }
  }
}
