package dev.godwit.extractor.postgresql.read;

import dev.godwit.extractor.postgresql.copy.BatchDecoder;
import dev.godwit.extractor.postgresql.copy.Copies;
import dev.godwit.extractor.postgresql.copy.CopyData;
import dev.godwit.extractor.postgresql.session.Session;
import dev.godwit.spi.extract.RecordReader;
import dev.godwit.spi.record.RecordItem;
import dev.godwit.spi.run.Cancellation;
import java.io.IOException;
import java.util.Iterator;

/** Reads one partition: its statements one after the other, each cut into batches of its own. */
final class PartitionReader implements RecordReader {
  private final Table table;
  private final Iterator<String> statements;
  private final Workers workers;
  private final Session session;
  private final Copies copies;
  private final BatchDecoder decoder;
  private final Cancellation cancellation;
  private final ReadFailure failures;
  private CopyData data;
  private boolean failed;
  private boolean closed;

  PartitionReader(
      Table table,
      Iterator<String> statements,
      Workers workers,
      Session session,
      Copies copies,
      BatchDecoder decoder,
      Cancellation cancellation,
      ReadFailure failures) {
    this.table = table;
    this.statements = statements;
    this.workers = workers;
    this.session = session;
    this.copies = copies;
    this.decoder = decoder;
    this.cancellation = cancellation;
    this.failures = failures;
  }

  @Override
  public RecordItem next() {
    try {
      while (true) {
        cancellation.check();
        if (data == null) {
          if (!statements.hasNext()) {
            return null;
          }
          data = copies.begin(statements.next());
        }
        RecordItem item = decoder.next(data);
        if (item != null) {
          return item;
        }
        data.close();
        data = null;
      }
    } catch (IOException e) {
      failed = true;
      throw failures.of(table.relation().name(), e);
    } catch (RuntimeException e) {
      failed = true;
      throw e;
    }
  }

  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    decoder.close();
    boolean whole = data == null && !failed;
    if (data != null) {
      data.close();
    }
    copies.close();
    if (whole) {
      workers.end(session);
    } else {
      session.close();
    }
  }
}
