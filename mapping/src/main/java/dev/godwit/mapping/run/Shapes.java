package dev.godwit.mapping.run;

import dev.godwit.mapping.document.DocumentShape;
import dev.godwit.mapping.document.ShapeLearner;
import dev.godwit.spi.dataset.Dataset;
import dev.godwit.spi.dataset.Partition;
import dev.godwit.spi.error.CancelledException;
import dev.godwit.spi.error.ExitCode;
import dev.godwit.spi.error.GodwitException;
import dev.godwit.spi.extract.ExtractRun;
import dev.godwit.spi.extract.Reading;
import dev.godwit.spi.extract.RecordReader;
import dev.godwit.spi.load.RecordForm;
import dev.godwit.spi.name.DatasetName;
import dev.godwit.spi.run.Cancellation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;

/**
 * Learns what the documents of each dataset have in common, by reading them all. What is kept of a
 * dataset is bounded by {@link ShapeLearner#MOST} fields.
 */
public final class Shapes {
  private final Reading.Partitioned reading;
  private final int jobs;
  private final Cancellation cancellation;

  private Shapes(Reading.Partitioned reading, int jobs, Cancellation cancellation) {
    this.reading = reading;
    this.jobs = jobs;
    this.cancellation = cancellation;
  }

  /**
   * The shapes of the datasets of a run that hold documents; none unless they are to be flattened
   * into rows.
   *
   * @param jobs partitions that are read at a time
   * @throws GodwitException {@code USAGE} where the run can be read only once
   */
  public static Map<DatasetName, DocumentShape> of(
      ExtractRun run,
      RecordForm target,
      MappingRequest request,
      int jobs,
      Cancellation cancellation) {
    if (!request.flatten() || !(target instanceof RecordForm.Rows)) {
      return Map.of();
    }
    Map<DatasetName, DocumentShape> shapes = new HashMap<>();
    try (Stream<Dataset> datasets = run.catalogue().datasets()) {
      datasets
          .filter(Conversions::isDocuments)
          .forEach(
              dataset ->
                  shapes.put(dataset.name(), of(partitioned(run), dataset, jobs, cancellation)));
    }
    return shapes;
  }

  /**
   * The shape of one dataset of documents.
   *
   * @param jobs partitions that are read at a time
   */
  public static DocumentShape of(
      Reading.Partitioned reading, Dataset documents, int jobs, Cancellation cancellation) {
    return new Shapes(reading, jobs, cancellation).learn(documents);
  }

  private static Reading.Partitioned partitioned(ExtractRun run) {
    if (run.reading() instanceof Reading.Partitioned reading) {
      return reading;
    }
    throw new GodwitException(
        ExitCode.USAGE,
        run.source().address() + " can be read only once, and --flatten reads it twice",
        "back it up, and restore from the vault");
  }

  private DocumentShape learn(Dataset dataset) {
    Iterator<Partition> partitions = reading.partitions(dataset);
    Cancellation stop = new Cancellation();
    ExecutorService workers = Executors.newFixedThreadPool(jobs);
    Cancellation.Registration stopping = cancellation.onCancel(() -> stop.cancel(ExitCode.FAILED));
    try {
      List<Future<ShapeLearner>> parts = new ArrayList<>();
      for (int i = 0; i < jobs; i++) {
        parts.add(workers.submit(() -> learn(dataset, partitions, stop)));
      }
      return together(dataset, parts);
    } finally {
      stopping.close();
      stop.cancel(ExitCode.FAILED);
      workers.shutdownNow();
    }
  }

  private DocumentShape together(Dataset dataset, List<Future<ShapeLearner>> parts) {
    ShapeLearner all = new ShapeLearner();
    Throwable failure = null;
    for (Future<ShapeLearner> part : parts) { // all of them: their readers belong to the run
      try {
        all.add(part.get());
      } catch (ExecutionException e) {
        boolean first = failure == null || failure instanceof CancelledException;
        failure = first ? e.getCause() : failure;
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        failure = new CancelledException(ExitCode.FAILED);
      }
    }
    cancellation.check();
    if (failure != null) {
      throw failure(dataset, failure);
    }
    return all.shape();
  }

  private static RuntimeException failure(Dataset dataset, Throwable cause) {
    if (cause instanceof IllegalArgumentException) {
      return new GodwitException(
          ExitCode.FAILED,
          "a document of " + dataset.name() + " cannot be read: " + cause.getMessage(),
          "leave it out with --where, or move without --flatten",
          cause);
    } else if (cause instanceof Error error) {
      throw error;
    }
    return (RuntimeException) cause;
  }

  /** What one worker learns; where it fails, the others stop as well. */
  private ShapeLearner learn(Dataset dataset, Iterator<Partition> partitions, Cancellation stop) {
    ShapeLearner learner = new ShapeLearner();
    try {
      for (Partition partition; (partition = next(partitions)) != null; ) {
        stop.check();
        try (RecordReader documents = reading.open(dataset, partition)) {
          learner.learn(documents, stop);
        }
      }
      return learner;
    } catch (RuntimeException | Error e) {
      stop.cancel(ExitCode.FAILED);
      throw e;
    }
  }

  private synchronized Partition next(Iterator<Partition> partitions) {
    return partitions.hasNext() ? partitions.next() : null;
  }
}
