package dev.godwit.transfer;

import dev.godwit.spi.dataset.Catalogue;
import dev.godwit.spi.dataset.Dataset;
import dev.godwit.spi.dataset.Partition;
import dev.godwit.spi.extract.Reading;
import dev.godwit.spi.extract.RecordReader;
import dev.godwit.spi.load.LoadRun;
import dev.godwit.spi.load.RecordWriter;
import dev.godwit.spi.record.RecordItem;
import dev.godwit.spi.run.Cancellation;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Moves a run that reads by partitions, several at once, each worker at a dataset of its own. */
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
    Lanes lanes = new Lanes(jobs, items.cancellation());
    Cancellation.Registration waking = items.cancellation().onCancel(lanes::wake);
    try {
      new Workers(jobs, items.cancellation())
          .run(
              workers -> {
                for (int i = 0; i < jobs; i++) {
                  workers.hand(() -> work(lanes));
                }
                try (Stream<Dataset> datasets = catalogue.datasets()) {
                  plan(datasets.iterator(), lanes);
                } finally {
                  lanes.end();
                }
              });
    } finally {
      waking.close();
    }
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

  private static void work(Lanes lanes) {
    Optional<Lanes.Taken> taken = lanes.take(Optional.empty());
    while (taken.isPresent()) {
      taken.get().task().run();
      taken = lanes.take(taken.map(Lanes.Taken::lane));
    }
  }

  private void plan(Iterator<Dataset> datasets, Lanes lanes) {
    Map<Lanes.Lane, Planned> open = new HashMap<>();
    while (datasets.hasNext() || !open.isEmpty()) {
      Optional<Lanes.Lane> lane = lanes.room(datasets.hasNext());
      if (lane.isEmpty()) {
        DatasetWork work = new DatasetWork(datasets.next());
        begin(work).ifPresent(planned -> open.put(lanes.open(), planned));
      } else if (!next(open.get(lane.get()), lane.get())) {
        lane.get().close();
        open.remove(lane.get());
      }
    }
  }

  /** A dataset whose partitions are being met. */
  private record Planned(DatasetWork work, Iterator<Partition> partitions, Tiling tiling) {}

  private Optional<Planned> begin(DatasetWork work) {
    Dataset dataset = work.dataset();
    tally.dataset();
    items.tell(new TransferEvent.DatasetPlanned(dataset));
    Optional<String> refused = to.leftOut(dataset);
    if (refused.isPresent()) {
      leavingOut.leave(work, refused.get());
      return Optional.empty();
    }
    to.prepare(dataset);
    try {
      Iterator<Partition> partitions = ReadFailure.mark(() -> from.partitions(dataset));
      return Optional.of(new Planned(work, partitions, new Tiling(dataset.name())));
    } catch (ReadFailure e) {
      leavingOut.failed(work, e.failure());
      return Optional.empty();
    }
  }

  /** Adds the next partition to the lane of its dataset; false where there is none. */
  private boolean next(Planned planned, Lanes.Lane lane) {
    DatasetWork work = planned.work();
    try {
      if (work.leftOut()) {
        return false;
      }
      if (!ReadFailure.mark(planned.partitions()::hasNext)) {
        planned.tiling().end();
        if (work.met()) {
          lane.add(() -> to.loaded(work.dataset()));
        }
        return false;
      }
      Partition partition = ReadFailure.mark(planned.partitions()::next);
      planned.tiling().meet(partition);
      if (to.holds(partition)) {
        tally.skipped();
        items.tell(new TransferEvent.PartitionSkipped(partition));
      } else {
        work.moving();
        lane.add(
            () -> {
              move(work, partition);
              if (work.moved()) {
                to.loaded(work.dataset());
              }
            });
      }
      return true;
    } catch (ReadFailure e) {
      leavingOut.failed(work, e.failure());
      return false;
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
