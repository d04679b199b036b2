package dev.godwit.transfer;

import dev.godwit.spi.dataset.Partition;
import dev.godwit.spi.load.RecordWriter;
import dev.godwit.spi.run.Cancellation;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;

/**
 * Decides whether a dataset that cannot be read ends the run. No partition of a dataset is
 * committed while it is being left out, or after.
 */
final class LeavingOut {
  private final Transfer.FailurePolicy policy;
  private final Cancellation cancellation;
  private final TransferListener listener;
  private final Tally tally;
  private final ReadWriteLock lock = new ReentrantReadWriteLock();

  LeavingOut(
      Transfer.FailurePolicy policy,
      Cancellation cancellation,
      TransferListener listener,
      Tally tally) {
    this.policy = policy;
    this.cancellation = cancellation;
    this.listener = listener;
    this.tally = tally;
  }

  /**
   * Leaves a dataset out, once.
   *
   * @throws RuntimeException where the policy says so, or the run is ending anyway
   */
  void failed(DatasetWork work, RuntimeException failure) {
    if (cancellation.isCancelled()) {
      throw failure; // most likely because it was cancelled: not the dataset's fault
    }
    lock.writeLock().lock();
    try {
      if (!work.leftOut()) {
        policy.failed(work.dataset().name(), failure);
        leave(work, reason(failure));
      }
    } finally {
      lock.writeLock().unlock();
    }
  }

  /** Leaves a dataset out that the load goes on without. */
  void leave(DatasetWork work, String reason) {
    tally.leaveOut(work.dataset().name(), reason, work.leaveOut());
    listener.on(new TransferEvent.DatasetLeftOut(work.dataset().name(), reason));
  }

  private static String reason(RuntimeException failure) {
    String message = failure.getMessage();
    return message == null ? failure.getClass().getSimpleName() : message;
  }

  /** Commits a partition, unless its dataset was left out meanwhile. */
  void commit(DatasetWork work, Partition partition, Supplier<RecordWriter.Commit> writer) {
    lock.readLock().lock();
    try {
      if (!work.leftOut()) {
        RecordWriter.Commit commit = writer.get();
        work.add(commit);
        tally.add(commit);
        listener.on(new TransferEvent.PartitionDone(partition, commit));
      }
    } finally {
      lock.readLock().unlock();
    }
  }
}
