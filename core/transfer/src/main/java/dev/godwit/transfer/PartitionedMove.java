package dev.godwit.transfer;

import dev.godwit.spi.dataset.Catalogue;
import dev.godwit.spi.dataset.Dataset;
import dev.godwit.spi.dataset.Partition;
import dev.godwit.spi.extract.Reading;
import dev.godwit.spi.extract.RecordReader;
import dev.godwit.spi.load.LoadRun;
import dev.godwit.spi.load.RecordWriter;
import dev.godwit.spi.record.RecordItem;
import java.util.Iterator;
import java.util.stream.Stream;

/** Moves a run that reads by partitions, several at once. */
final class PartitionedMove {
  private final Reading.Partitioned from;
  private final LoadRun to;
  private final ItemMove items;
  private final LeavingOut leavingOut;
  private final Tally tally;
  private final int jobs;

  PartitionedMove(
      Reading.Partitioned from,
      LoadRun to,
      ItemMove items,
      LeavingOut leavingOut,
      Tally tally,
      int jobs) {
    this.from = from;
    this.to = to;
    this.items = items;
    this.leavingOut = leavingOut;
    this.tally = tally;
    this.jobs = jobs;
  }

  void run(Catalogue catalogue) {
    new Workers(jobs, items.cancellation())
        .run(
            workers -> {
              try (Stream<Dataset> datasets = catalogue.datasets()) {
                Iterator<Dataset> all = datasets.iterator();
                while (all.hasNext()) {
                  items.cancellation().check();
                  plan(new DatasetWork(all.next()), workers);
                }
              }
            });
  }

  /** Moves what the load says it has lost; whether there was any. */
  boolean runLost() {
    try (Stream<LoadRun.Lost> lost = to.lost()) {
      Iterator<LoadRun.Lost> all = lost.iterator();
      if (!all.hasNext()) {
        return false;
      }
      new Workers(jobs, items.cancellation())
          .run(
              workers -> {
                while (all.hasNext()) {
                  items.cancellation().check();
                  LoadRun.Lost next = all.next();
                  workers.hand(() -> move(new DatasetWork(next.dataset()), next.partition()));
                }
              });
      return true;
    }
  }

  private void plan(DatasetWork work, Workers.HandOver workers) {
    Dataset dataset = work.dataset();
    tally.dataset();
    items.tell(new TransferEvent.DatasetPlanned(dataset));
    to.prepare(dataset);
    try {
      Tiling tiling = new Tiling(dataset.name());
      Iterator<Partition> partitions = ReadFailure.mark(() -> from.partitions(dataset));
      while (!work.leftOut() && ReadFailure.mark(partitions::hasNext)) {
        Partition partition = ReadFailure.mark(partitions::next);
        tiling.meet(partition);
        if (to.holds(partition)) {
          tally.skipped();
          items.tell(new TransferEvent.PartitionSkipped(partition));
        } else {
          workers.hand(() -> move(work, partition));
        }
      }
      if (!work.leftOut()) {
        tiling.end();
      }
    } catch (ReadFailure e) {
      leavingOut.failed(work, e.failure());
    }
  }

  private void move(DatasetWork work, Partition partition) {
    if (work.leftOut()) {
      return;
    }
    try (RecordReader reader = ReadFailure.mark(() -> from.open(work.dataset(), partition));
        RecordWriter writer = to.open(work.dataset(), partition)) {
      move(work, partition, reader, writer);
    } catch (ReadFailure e) {
      leavingOut.failed(work, e.failure());
    }
  }

  private void move(
      DatasetWork work, Partition partition, RecordReader reader, RecordWriter writer) {
    try {
      long pushed = 0;
      for (RecordItem item; (item = ReadFailure.mark(reader::next)) != null; ) {
        if (work.leftOut()) {
          writer.abort();
          return;
        }
        pushed += items.push(partition.dataset(), item, writer);
      }
      items.cancellation().check();
      long rows = pushed;
      leavingOut.commit(work, partition, () -> ItemMove.commit(partition, rows, writer));
    } catch (Throwable failure) {
      abort(writer, failure);
      throw failure;
    }
  }

  static void abort(RecordWriter writer, Throwable failure) {
    try {
      writer.abort();
    } catch (RuntimeException e) {
      failure.addSuppressed(e);
    }
  }
}
