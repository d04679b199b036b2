package dev.godwit.transfer;

import dev.godwit.spi.dataset.Catalogue;
import dev.godwit.spi.dataset.Dataset;
import dev.godwit.spi.dataset.Partition;
import dev.godwit.spi.extract.Reading;
import dev.godwit.spi.extract.RecordStream;
import dev.godwit.spi.load.LoadRun;
import dev.godwit.spi.load.RecordWriter;
import dev.godwit.spi.name.DatasetName;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Moves a run that is one pass: a writer for each dataset, opened where the dataset is first seen,
 * all committed at the end. No dataset can be left out: a pass that breaks off says nothing of what
 * would have come.
 */
final class StreamMove {
  private final Reading.OnePass from;
  private final LoadRun to;
  private final ItemMove items;
  private final Tally tally;
  private final Map<DatasetName, Open> open = new LinkedHashMap<>();

  StreamMove(Reading.OnePass from, LoadRun to, ItemMove items, Tally tally) {
    this.from = from;
    this.to = to;
    this.items = items;
    this.tally = tally;
  }

  /** A dataset in work; no writer where an earlier run has loaded it, or it is left out. */
  private static final class Open {
    private final Partition partition;
    private final RecordWriter writer;
    private long pushed;

    Open(Partition partition, RecordWriter writer) {
      this.partition = partition;
      this.writer = writer;
    }
  }

  void run(Catalogue catalogue) {
    try {
      try (RecordStream stream = from.open()) {
        for (RecordStream.Entry entry; (entry = stream.next()) != null; ) {
          Open dataset = meet(entry.dataset());
          if (dataset.writer == null) {
            items.cancellation().check();
          } else {
            dataset.pushed += items.push(dataset.partition.dataset(), entry.item(), dataset.writer);
          }
        }
      }
      meetThoseWithoutRecords(catalogue);
      for (Open dataset : open.values()) {
        if (dataset.writer != null) {
          commit(dataset);
        }
      }
    } catch (ReadFailure e) {
      throw closeAll(e.failure());
    } catch (RuntimeException | Error e) {
      throw closeAll(e);
    }
    open.clear();
  }

  private Open meet(Dataset dataset) {
    Open known = open.get(dataset.name());
    if (known != null) {
      return known;
    }
    tally.dataset();
    items.tell(new TransferEvent.DatasetPlanned(dataset));
    Partition whole = Partition.whole(dataset.name());
    Optional<String> refused = to.leftOut(dataset);
    if (refused.isPresent()) {
      Open left = new Open(whole, null);
      open.put(dataset.name(), left);
      tally.leaveOut(dataset.name(), refused.get(), new RecordWriter.Commit(0, 0, 0, 0));
      items.tell(new TransferEvent.DatasetLeftOut(dataset.name(), refused.get()));
      return left;
    }
    to.prepare(dataset);
    boolean held = to.holds(whole);
    Open met = new Open(whole, held ? null : to.open(dataset, whole));
    open.put(dataset.name(), met);
    if (held) {
      tally.skipped();
      items.tell(new TransferEvent.PartitionSkipped(whole));
    }
    return met;
  }

  private void meetThoseWithoutRecords(Catalogue catalogue) {
    try (Stream<Dataset> datasets = catalogue.datasets()) {
      for (Iterator<Dataset> all = datasets.iterator(); all.hasNext(); ) {
        items.cancellation().check();
        meet(all.next());
      }
    }
  }

  private void commit(Open dataset) {
    items.cancellation().check();
    RecordWriter.Commit commit = ItemMove.commit(dataset.partition, dataset.pushed, dataset.writer);
    dataset.writer.close();
    tally.add(commit);
    items.tell(new TransferEvent.PartitionDone(dataset.partition, commit));
  }

  private RuntimeException closeAll(Throwable failure) {
    for (Open dataset : open.values()) {
      if (dataset.writer != null) {
        try (RecordWriter closing = dataset.writer) {
          closing.abort();
        } catch (RuntimeException e) {
          failure.addSuppressed(e);
        }
      }
    }
    if (failure instanceof Error error) {
      throw error;
    }
    return (RuntimeException) failure;
  }
}
