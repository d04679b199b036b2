package dev.godwit.transfer;

import dev.godwit.spi.dataset.Dataset;
import dev.godwit.spi.dataset.Partition;
import dev.godwit.spi.extract.Reading;
import dev.godwit.spi.extract.RecordReader;
import dev.godwit.spi.run.Cancellation;
import java.util.Collection;
import java.util.Iterator;

/** Reads datasets by their partitions, several at once, and moves nothing. */
public final class PartitionWalk {
  private final Reading.Partitioned reading;
  private final int jobs;
  private final Cancellation cancellation;

  /** Reads with so many workers, at least one. */
  public PartitionWalk(Reading.Partitioned reading, int jobs, Cancellation cancellation) {
    this.reading = reading;
    this.jobs = jobs;
    this.cancellation = cancellation;
  }

  /** Reads one partition to its end. Called by several threads at once. */
  @FunctionalInterface
  public interface Visitor {
    /** Pulls all items; the reader is closed by the walk. */
    void visit(Dataset dataset, RecordReader reader);
  }

  /**
   * Has every partition of the datasets visited, and returns after the last.
   *
   * @throws dev.godwit.spi.error.GodwitException the first failure, the cancellation cancelled for
   *     it; {@code FAILED} where the partitions of a dataset do not cover it
   */
  public void run(Collection<Dataset> datasets, Visitor visitor) {
    new Workers(jobs, cancellation)
        .run(
            workers -> {
              for (Dataset dataset : datasets) {
                cancellation.check();
                hand(dataset, visitor, workers);
              }
            });
  }

  private void hand(Dataset dataset, Visitor visitor, Workers.HandOver workers) {
    Tiling tiling = new Tiling(dataset.name());
    Iterator<Partition> partitions = reading.partitions(dataset);
    while (partitions.hasNext()) {
      Partition partition = partitions.next();
      tiling.meet(partition);
      workers.hand(
          () -> {
            try (RecordReader reader = reading.open(dataset, partition)) {
              visitor.visit(dataset, reader);
            }
          });
    }
    tiling.end();
  }
}
