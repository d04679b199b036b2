package dev.godwit.transfer;

import dev.godwit.spi.dataset.Dataset;
import dev.godwit.spi.load.RecordWriter.Commit;

/** A dataset in work: shared by the tasks of its partitions, and gone with the last of them. */
final class DatasetWork {
  private final Dataset dataset;
  private Commit done = new Commit(0, 0, 0, 0);
  private volatile boolean leftOut;
  private long moving;
  private boolean met;

  DatasetWork(Dataset dataset) {
    this.dataset = dataset;
  }

  Dataset dataset() {
    return dataset;
  }

  /** Another of its partitions is to be moved. */
  synchronized void moving() {
    moving++;
  }

  /** A partition was moved; whether it was the last. */
  synchronized boolean moved() {
    moving--;
    return met && moving == 0 && !leftOut;
  }

  /** All partitions were met; whether they are moved as well. */
  synchronized boolean met() {
    met = true;
    return moving == 0 && !leftOut;
  }

  boolean leftOut() {
    return leftOut;
  }

  /** From here on its partitions are dropped; what was committed of it so far. */
  synchronized Commit leaveOut() {
    leftOut = true;
    return done;
  }

  synchronized void add(Commit commit) {
    done =
        new Commit(
            done.rows() + commit.rows(),
            done.bytes() + commit.bytes(),
            0,
            done.rejects() + commit.rejects());
  }
}
