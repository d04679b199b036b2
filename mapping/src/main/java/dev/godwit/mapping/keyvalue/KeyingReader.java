package dev.godwit.mapping.keyvalue;

import dev.godwit.mapping.bytes.GrowingBytes;
import dev.godwit.spi.extract.RecordReader;
import dev.godwit.spi.record.LargeReference;
import dev.godwit.spi.record.LargeSpool;
import dev.godwit.spi.record.LargeValue;
import dev.godwit.spi.record.RecordBatch;
import dev.godwit.spi.record.RecordItem;
import dev.godwit.spi.record.Sha256;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;

/** Reads the records of a partition as keys with values. */
final class KeyingReader implements RecordReader {
  private static final int BATCH_BYTES = 4 << 20;
  private static final int MOST_ROWS = 1 << 16;

  private final RecordReader source;
  private final KeyedRecords records;
  private final KeyValueBatch batch;
  private final LargeSpool read = new LargeSpool();
  private final LargeSpool made = new LargeSpool();
  private InputStream open = InputStream.nullInputStream();
  private RecordBatch rows;
  private int row;
  private boolean given;

  /** Reads a reader; closes it when it is closed. */
  KeyingReader(RecordReader source, KeyedRecords records, KeyValueBatch batch) {
    this.source = source;
    this.records = records;
    this.batch = batch;
  }

  @Override
  public RecordItem next() {
    try {
      open.close();
      if (given) {
        batch.clear();
        made.clear();
        given = false;
      }
      if (batch.ended()) {
        return give();
      }
      if (rows == null && !pull()) {
        return null;
      }
      while (row < rows.rowCount() && batch.size() < BATCH_BYTES && batch.rows() < MOST_ROWS) {
        LargeValue large = add(row++);
        if (large != null) {
          return large;
        }
      }
      return give();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Reads on to the next batch with records. */
  private boolean pull() {
    for (RecordItem item; (item = source.next()) != null; ) {
      if (item instanceof LargeValue value) {
        read.keep(value);
      } else if (((RecordBatch) item).rowCount() > 0) {
        rows = (RecordBatch) item;
        row = 0;
        records.over(rows, read);
        return true;
      }
    }
    return false;
  }

  /** Adds a record; its value where that travels ahead, else null. */
  private LargeValue add(int next) throws IOException {
    records.key(next, batch.keys());
    KeyHead head = records.head(next);
    if (!rows.large().isEmpty()) {
      InputStream large = records.large(next).orElse(null);
      if (large != null) {
        return setAside(head, large);
      }
    }
    GrowingBytes values = batch.values(head.type());
    int start = values.size();
    records.value(next, values);
    int length = values.size() - start;
    if (length <= LargeValue.THRESHOLD) {
      batch.add(head);
      return null;
    }
    MessageDigest digest = Sha256.begin();
    digest.update(values.array(), start, length);
    // Its bytes stay where they are until the next value is written.
    LargeValue value = new LargeValue(new ByteArrayInputStream(values.array(), start, length));
    values.cutTo(start);
    batch.addLarge(head, length, digest.digest());
    return value;
  }

  /** Writes a value that is made of large ones to disk, to learn its length and hash. */
  private LargeValue setAside(KeyHead head, InputStream value) throws IOException {
    Measured measured = new Measured(value);
    made.keep(new LargeValue(measured));
    byte[] sha256 = measured.sha256();
    batch.addLarge(head, measured.length(), sha256);
    open = made.open(new LargeReference(0, 0, measured.length(), sha256));
    return new LargeValue(open);
  }

  private RecordBatch give() {
    given = true;
    if (row == rows.rowCount()) {
      records.end();
      read.clear();
      rows = null;
    }
    return batch.build();
  }

  @Override
  public void close() {
    try (source;
        read;
        made) {
      open.close();
      batch.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
