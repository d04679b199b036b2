package dev.godwit.transfer;

import dev.godwit.spi.error.CancelledException;
import dev.godwit.spi.error.ExitCode;
import dev.godwit.spi.error.GodwitException;
import dev.godwit.spi.load.RecordWriter;
import dev.godwit.spi.name.DatasetName;
import dev.godwit.spi.record.LargeValue;
import dev.godwit.spi.record.RecordBatch;
import dev.godwit.spi.record.RecordItem;
import dev.godwit.spi.run.Cancellation;

/** Pushes one item at a time, and tells of it. */
final class ItemMove {
  private final Cancellation cancellation;
  private final TransferListener listener;
  private final Throttle throttle;

  ItemMove(Cancellation cancellation, TransferListener listener, Throttle throttle) {
    this.cancellation = cancellation;
    this.listener = listener;
    this.throttle = throttle;
  }

  Cancellation cancellation() {
    return cancellation;
  }

  void tell(TransferEvent event) {
    listener.on(event);
  }

  /** Pushes an item; how many rows it had. */
  long push(DatasetName dataset, RecordItem item, RecordWriter writer) {
    cancellation.check();
    if (item instanceof LargeValue value) {
      push(dataset, value, writer);
      return 0;
    }
    RecordBatch batch = (RecordBatch) item;
    long bytes = batch.bytes();
    throttle.take(bytes, cancellation);
    writer.write(batch);
    listener.on(new TransferEvent.Moved(dataset, batch.rowCount(), bytes));
    return batch.rowCount();
  }

  private void push(DatasetName dataset, LargeValue value, RecordWriter writer) {
    MovedStream bytes =
        new MovedStream(
            value.bytes(),
            cancellation,
            throttle,
            count -> listener.on(new TransferEvent.Moved(dataset, 0, count)));
    try {
      writer.write(new LargeValue(bytes));
    } catch (CancelledException e) {
      throw e;
    } catch (RuntimeException e) {
      if (bytes.failure() == null) {
        throw e;
      }
      ReadFailure failure = new ReadFailure(bytes.failure());
      failure.addSuppressed(e);
      throw failure;
    }
    bytes.tell();
  }

  /**
   * Commits what was pushed.
   *
   * @throws GodwitException {@code FAILED} where the target counted other rows than were pushed
   */
  static RecordWriter.Commit commit(Object what, long pushed, RecordWriter writer) {
    RecordWriter.Commit commit = writer.commit();
    if (commit.rows() + commit.rejects() != pushed) {
      throw new GodwitException(
          ExitCode.FAILED,
          "counts disagree for "
              + what
              + ": "
              + pushed
              + " rows were read, and the target took "
              + commit.rows()
              + " and refused "
              + commit.rejects(),
          "this is a fault in Godwit: do not rely on what was written");
    }
    return commit;
  }
}
