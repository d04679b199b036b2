package dev.godwit.compare;

import dev.godwit.spi.dataset.Dataset;
import dev.godwit.spi.dataset.Partition;
import dev.godwit.spi.error.CancelledException;
import dev.godwit.spi.extract.Reading;
import dev.godwit.spi.extract.RecordReader;
import dev.godwit.spi.extract.SentRecords;
import dev.godwit.spi.name.DatasetName;
import dev.godwit.spi.record.LargeValue;
import dev.godwit.spi.record.RecordBatch;
import dev.godwit.spi.record.RecordItem;
import dev.godwit.spi.run.Cancellation;
import dev.godwit.spi.run.PluginContext;
import dev.godwit.transfer.PartitionWalk;
import dev.godwit.transfer.TransferEvent;
import dev.godwit.transfer.TransferListener;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;

/** Reads the same datasets of both sides in parallel, each side with workers of its own. */
final class BothSides {
  private final ComparedRun a;
  private final ComparedRun b;
  private final AsMapped mapped;
  private final int jobs;
  private final Cancellation cancellation;
  private final TransferListener listener;

  BothSides(
      ComparedRun a,
      ComparedRun b,
      AsMapped mapped,
      PluginContext context,
      TransferListener listener) {
    this.a = a;
    this.b = b;
    this.mapped = mapped;
    this.jobs = context.jobs();
    this.cancellation = context.cancellation();
    this.listener = listener;
  }

  /** What becomes of a partition's rows. Used by one thread. */
  interface Sink extends AutoCloseable {
    /** Reads a large value to its end; how many bytes it has. */
    long large(LargeValue value);

    /** Takes a batch; how many bytes its records have. */
    long batch(RecordBatch batch);

    /** After the last batch. */
    void end();

    @Override
    void close();
  }

  /** Makes a sink for each partition; called by several threads at once. */
  @FunctionalInterface
  interface Sinks {
    Sink open(Pair pair, Side side, Dataset dataset);
  }

  /**
   * Reads the pairs, each side as far as it has them, and returns when both are done.
   *
   * @param sent which of them are read as they are sent, and not by their values
   */
  void read(List<Pair> pairs, Map<Pair, SentPair> sent, Sinks sinks) {
    ExecutorService other =
        Executors.newSingleThreadExecutor(
            task -> {
              Thread thread = new Thread(task, "godwit-side-b");
              thread.setDaemon(true);
              return thread;
            });
    Throwable ofA = null;
    Throwable ofB = null;
    try {
      CompletableFuture<Void> second =
          CompletableFuture.runAsync(() -> read(Side.B, pairs, sent, sinks), other);
      try {
        read(Side.A, pairs, sent, sinks);
      } catch (RuntimeException | Error e) {
        ofA = e; // which has cancelled the other side too
      }
      try {
        second.join();
      } catch (CompletionException e) {
        ofB = e.getCause();
      }
    } finally {
      other.shutdown();
    }
    throwFirst(ofA, ofB);
  }

  /** What one side throws because of the other is not held against it. */
  private static void throwFirst(Throwable ofA, Throwable ofB) {
    boolean second = ofA == null || (ofA instanceof CancelledException && ofB != null);
    Throwable thrown = second ? ofB : ofA;
    if (thrown instanceof Error error) {
      throw error;
    } else if (thrown != null) {
      throw (RuntimeException) thrown; // tasks throw nothing else
    }
  }

  private void read(Side side, List<Pair> pairs, Map<Pair, SentPair> sent, Sinks sinks) {
    Map<DatasetName, Pair> byName = new HashMap<>();
    List<Dataset> datasets = pairs.stream().flatMap(pair -> pair.parts(side).stream()).toList();
    pairs.forEach(pair -> pair.parts(side).forEach(d -> byName.put(d.name(), pair)));
    if (datasets.isEmpty()) {
      return;
    }
    ComparedRun run = side == Side.A ? a : b;
    Reading.Partitioned byValues = mapped.reading(run.reading(), d -> byName.get(d).mapped(side));
    Function<DatasetName, Optional<SentRecords>> asSent =
        d -> Optional.ofNullable(sent.get(byName.get(d))).map(pair -> pair.of(side));
    new PartitionWalk(new AsSent(byValues, asSent), jobs, cancellation)
        .run(
            datasets,
            (dataset, reader) -> {
              try (Sink sink = sinks.open(byName.get(dataset.name()), side, dataset)) {
                for (RecordItem item; (item = reader.next()) != null; ) {
                  cancellation.check();
                  meet(dataset.name(), item, sink);
                }
                sink.end();
              }
            });
  }

  /** The same partitions, those of some datasets read as they are sent. */
  private record AsSent(
      Reading.Partitioned byValues, Function<DatasetName, Optional<SentRecords>> sent)
      implements Reading.Partitioned {
    @Override
    public Iterator<Partition> partitions(Dataset dataset) {
      return byValues.partitions(dataset);
    }

    @Override
    public RecordReader open(Dataset dataset, Partition partition) {
      return sent.apply(dataset.name())
          .map(records -> records.open(partition))
          .orElseGet(() -> byValues.open(dataset, partition));
    }
  }

  private void meet(DatasetName dataset, RecordItem item, Sink sink) {
    if (item instanceof LargeValue value) {
      listener.on(new TransferEvent.Moved(dataset, 0, sink.large(value)));
      return;
    }
    RecordBatch batch = (RecordBatch) item;
    long bytes = sink.batch(batch);
    listener.on(new TransferEvent.Moved(dataset, batch.rowCount(), bytes));
  }
}
