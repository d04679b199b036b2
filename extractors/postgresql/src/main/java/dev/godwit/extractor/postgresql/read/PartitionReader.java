package dev.godwit.extractor.postgresql.read;

import dev.godwit.extractor.postgresql.copy.BatchDecoder;
import dev.godwit.extractor.postgresql.copy.Copies;
import dev.godwit.extractor.postgresql.copy.CopyData;
import dev.godwit.extractor.postgresql.session.Session;
import dev.godwit.spi.extract.RecordReader;
import dev.godwit.spi.name.DatasetName;
import dev.godwit.spi.record.RecordItem;
import dev.godwit.spi.run.Cancellation;
import java.io.IOException;
import java.util.Iterator;

/**
 * Reads one partition: its statements one after the other, each cut into batches of its own. The
 * server is given the next statement once it has sent the last row of the one before, and works on
 * it while the last batch is being compressed.
 */
final class PartitionReader implements RecordReader {
  private final DatasetName dataset;
  private final Iterator<String> statements;
  private final Workers workers;
  private final Session session;
  private final Copies copies;
  private final BatchDecoder decoder;
  private final Cancellation cancellation;
  private final ReadFailure failures;
  private CopyData data;

  /** The statement after the one that is being read, where it has been begun. */
  private CopyData ahead;

  private boolean failed;
  private boolean closed;

  PartitionReader(
      DatasetName dataset,
      Iterator<String> statements,
      Workers workers,
      Session session,
      Copies copies,
      BatchDecoder decoder,
      Cancellation cancellation,
      ReadFailure failures) {
    this.dataset = dataset;
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
        if (data == null && !begin()) {
          return null;
        }
        RecordItem item = decoder.next(data);
        if (item != null) {
          if (decoder.atEnd() && statements.hasNext()) {
            ahead = copies.begin(statements.next());
          }
          return item;
        }
        data.close();
        data = null;
      }
    } catch (IOException e) {
      failed = true;
      throw failures.of(dataset, e);
    } catch (RuntimeException e) {
      failed = true;
      throw e;
    }
  }

  /** Goes to the next statement, if there is one. */
  private boolean begin() throws IOException {
    if (ahead == null && !statements.hasNext()) {
      return false;
    }
    data = ahead == null ? copies.begin(statements.next()) : ahead;
    ahead = null;
    return true;
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
    if (ahead != null) {
      ahead.close();
    }
    copies.close();
    if (whole) {
      workers.end(session);
    } else {
      session.close();
    }
  }
}
