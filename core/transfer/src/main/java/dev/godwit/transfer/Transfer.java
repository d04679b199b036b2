package dev.godwit.transfer;

import dev.godwit.spi.dataset.Dataset;
import dev.godwit.spi.error.GodwitException;
import dev.godwit.spi.extract.ExtractRun;
import dev.godwit.spi.extract.Reading;
import dev.godwit.spi.load.LoadRun;
import dev.godwit.spi.name.DatasetName;
import dev.godwit.spi.run.Cancellation;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Moves all that a run holds into a load: the one machine behind backup, restore and migrate.
 *
 * <p>Datasets are met one after the other and their partitions handed to {@code jobs} workers; at
 * any time only a few of either are held. The first failure cancels the rest, unless the policy
 * says to leave the dataset out: it is asked where a dataset cannot be read. Where the load cannot
 * be written, every dataset would fail, so the run ends. What the load has lost by the end is moved
 * again.
 *
 * <p>A transfer ends well only if at least one dataset was read, or definitions that stand by
 * themselves, the partitions of each dataset tiled it, and the rows that were pushed are the rows
 * that the commits report.
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
    void failed(DatasetName dataset, RuntimeException failure);
  }

  private final int jobs;
  private final Cancellation cancellation;
  private final TransferListener listener;
  private final FailurePolicy policy;
  private final Throttle throttle;

  /** A transfer with {@code jobs} workers, at least one. */
  public Transfer(
      int jobs, Cancellation cancellation, TransferListener listener, FailurePolicy policy) {
    this(jobs, cancellation, listener, policy, Throttle.NONE);
  }

  /** A transfer that moves no more bytes per second than the throttle lets through. */
  public Transfer(
      int jobs,
      Cancellation cancellation,
      TransferListener listener,
      FailurePolicy policy,
      Throttle throttle) {
    if (jobs < 1) {
      throw new IllegalArgumentException("jobs must be at least 1, is " + jobs);
    }
    this.jobs = jobs;
    this.cancellation = cancellation;
    this.listener = listener;
    this.policy = policy;
    this.throttle = throttle;
  }

  /**
   * Moves everything and seals the load. Neither run is closed. After the first failure the
   * cancellation is cancelled with its exit code, so that whatever waits elsewhere ends too.
   *
   * @throws dev.godwit.spi.error.GodwitException the first failure, the others suppressed in it
   */
  public TransferReport run(ExtractRun from, LoadRun to) {
    Tally tally = new Tally();
    ItemMove items = new ItemMove(cancellation, listener, throttle);
    if (from.reading() instanceof Reading.Partitioned reading) {
      LeavingOut leavingOut = new LeavingOut(policy, cancellation, listener, tally);
      new PartitionedMove(reading, to, items, leavingOut, tally, jobs).run(from.catalogue());
      moveLost(reading, to, items, tally);
    } else if (from.reading() instanceof Reading.OnePass reading) {
      StreamMove move = new StreamMove(reading, to, items, tally);
      new Workers(1, cancellation).run(none -> move.run(from.catalogue()));
    }
    tally.requireData(from.catalogue());
    cancellation.check();
    ExtractRun.Conclusion conclusion = from.conclude();
    new Finishing(jobs, cancellation, listener).run(to.finish(conclusion));
    cancellation.check();
    return tally.report(conclusion.point(), to.complete());
  }

  /**
   * Why a transfer of a run would fail for want of anything to read, as far as that is known before
   * a load is begun: a stream tells what it holds as it goes by.
   */
  public static Optional<GodwitException> nothingToRead(ExtractRun from) {
    if (from.reading() instanceof Reading.OnePass || from.catalogue().standsByDefinitions()) {
      return Optional.empty();
    }
    try (Stream<Dataset> datasets = from.catalogue().datasets()) {
      return datasets.findFirst().isPresent() ? Optional.empty() : Optional.of(Tally.noDataset());
    }
  }

  /**
   * Moves again what the load has lost since it was committed. It was counted then, so that only
   * what the target grew by is added; where it cannot be read again the run ends.
   */
  private void moveLost(Reading.Partitioned reading, LoadRun to, ItemMove items, Tally tally) {
    Tally again = new Tally();
    LeavingOut never = new LeavingOut(FailurePolicy.STOP, cancellation, event -> {}, again);
    PartitionedMove move = new PartitionedMove(reading, to, items, never, again, jobs);
    while (move.runLost()) {
      cancellation.check();
    }
    tally.addStored(again);
  }
}
