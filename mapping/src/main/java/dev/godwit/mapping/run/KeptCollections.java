package dev.godwit.mapping.run;

import dev.godwit.mapping.document.RawDocuments;
import dev.godwit.mapping.keyvalue.KeptForm;
import dev.godwit.spi.dataset.Dataset;
import dev.godwit.spi.dataset.Partition;
import dev.godwit.spi.error.ExitCode;
import dev.godwit.spi.error.GodwitException;
import dev.godwit.spi.extract.ExtractRun;
import dev.godwit.spi.extract.Reading;
import dev.godwit.spi.extract.RecordReader;
import dev.godwit.spi.load.RecordForm;
import dev.godwit.spi.name.DatasetName;
import dev.godwit.spi.run.Cancellation;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Finds the documents that were made of keys, on their way into a store of keys. No schema tells of
 * them: the first document of a dataset does, and each other is held to it as it is read.
 */
public final class KeptCollections {
  private KeptCollections() {}

  /**
   * The forms of the datasets of a run that become keys again: those whose first document was one,
   * and for which no template is wanted. None where the run can be read only once.
   *
   * @param target what the target holds
   */
  public static Map<DatasetName, KeptForm> of(
      ExtractRun run, RecordForm target, MappingRequest request, Cancellation cancellation) {
    if (!(target instanceof RecordForm.KeyValues)) {
      return Map.of();
    }
    Map<DatasetName, KeptForm> kept = new HashMap<>();
    try (Stream<Dataset> datasets = run.catalogue().datasets()) {
      datasets
          .filter(Conversions::isDocuments)
          .filter(dataset -> request.keys().of(List.of(dataset.name())).isEmpty())
          .forEach(
              dataset -> {
                cancellation.check();
                form(run, dataset).ifPresent(form -> kept.put(dataset.name(), form));
              });
    }
    return kept;
  }

  private static Optional<KeptForm> form(ExtractRun run, Dataset dataset) {
    if (!(run.reading() instanceof Reading.Partitioned reading)) {
      return Optional.empty();
    }
    Iterator<Partition> partitions = reading.partitions(dataset);
    while (partitions.hasNext()) {
      try (RecordReader documents = reading.open(dataset, partitions.next())) {
        Optional<byte[]> first = RawDocuments.first(documents);
        if (first.isPresent()) {
          return KeptForm.of(first.get());
        }
      } catch (IllegalArgumentException e) {
        throw new GodwitException(
            ExitCode.FAILED,
            "a document of " + dataset.name() + " cannot be read: " + e.getMessage(),
            "leave it out with --where",
            e);
      }
    }
    return Optional.empty();
  }
}
