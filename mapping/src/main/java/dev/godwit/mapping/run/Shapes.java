package dev.godwit.mapping.run;

import dev.godwit.mapping.document.DocumentShape;
import dev.godwit.mapping.document.ShapeLearner;
import dev.godwit.spi.dataset.Dataset;
import dev.godwit.spi.dataset.Partition;
import dev.godwit.spi.error.ExitCode;
import dev.godwit.spi.error.GodwitException;
import dev.godwit.spi.extract.ExtractRun;
import dev.godwit.spi.extract.Reading;
import dev.godwit.spi.extract.RecordReader;
import dev.godwit.spi.load.RecordForm;
import dev.godwit.spi.name.DatasetName;
import dev.godwit.spi.record.FieldKind;
import dev.godwit.spi.run.Cancellation;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.stream.Stream;

/** Learns what the documents of each dataset have in common, by reading them all. */
public final class Shapes {
  private Shapes() {}

  /**
   * The shapes of the datasets of a run that hold documents; none unless they are to be flattened
   * into rows.
   *
   * @throws GodwitException {@code USAGE} where the run can be read only once
   */
  public static Map<DatasetName, DocumentShape> of(
      ExtractRun run, RecordForm target, MappingRequest request, Cancellation cancellation) {
    if (!request.flatten() || !(target instanceof RecordForm.Rows)) {
      return Map.of();
    }
    Map<DatasetName, DocumentShape> shapes = new HashMap<>();
    try (Stream<Dataset> datasets = run.catalogue().datasets()) {
      datasets
          .filter(Shapes::holdsDocuments)
          .forEach(dataset -> shapes.put(dataset.name(), learn(run, dataset, cancellation)));
    }
    return shapes;
  }

  private static boolean holdsDocuments(Dataset dataset) {
    return dataset.schema().getFields().stream().anyMatch(f -> FieldKind.of(f) == FieldKind.BSON);
  }

  private static DocumentShape learn(ExtractRun run, Dataset dataset, Cancellation cancellation) {
    if (!(run.reading() instanceof Reading.Partitioned reading)) {
      throw new GodwitException(
          ExitCode.USAGE,
          run.source().address() + " can be read only once, and --flatten reads it twice",
          "back it up, and restore from the vault");
    }
    ShapeLearner learner = new ShapeLearner();
    for (Iterator<Partition> all = reading.partitions(dataset); all.hasNext(); ) {
      cancellation.check();
      try (RecordReader documents = reading.open(dataset, all.next())) {
        learner.learn(documents);
      }
    }
    return learner.shape();
  }
}
