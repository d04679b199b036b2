package dev.godwit.transfer;

import dev.godwit.spi.extract.ExtractRun;
import dev.godwit.spi.load.LoadRun;
import dev.godwit.spi.run.Cancellation;

/**
 * Moves all that a run holds into a load: the one machine behind backup, restore and migrate.
 *
 * <p>Datasets are met one after the other and their partitions handed to {@code jobs} workers; at
 * any time only a few of either are held. The first failure cancels the rest, unless the policy
 * says to leave the dataset out.
 */
public final class Transfer {

  /** What is done where a dataset cannot be read. */
  @FunctionalInterface
  public interface FailurePolicy {
    /** Ends the run with the failure. */
    FailurePolicy STOP =
        (dataset, failure) -> {
          throw failure;
        };

    /** Returns where the dataset is to be left out; throws where the run is to end. */
    void failed(dev.godwit.spi.name.DatasetName dataset, RuntimeException failure);
  }

  /** A transfer with {@code jobs} workers, at least one. */
  public Transfer(
      int jobs, Cancellation cancellation, TransferListener listener, FailurePolicy policy) {
    throw new UnsupportedOperationException(jobs + "" + listener);
  }

  /**
   * Moves everything and seals the load. Neither run is closed.
   *
   * @throws dev.godwit.spi.error.GodwitException the first failure, the others suppressed in it
   */
  public TransferReport run(ExtractRun from, LoadRun to) {
    throw new UnsupportedOperationException(from.toString() + to);
  }
}
