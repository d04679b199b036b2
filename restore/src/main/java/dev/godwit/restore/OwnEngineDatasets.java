package dev.godwit.restore;

import dev.godwit.spi.dataset.Dataset;
import dev.godwit.spi.extract.ExtractRun;
import dev.godwit.spi.name.DatasetFilter;
import dev.godwit.spi.name.DatasetPattern;
import dev.godwit.transfer.SelectedRun;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Datasets that only their own engine can take, on the way into another.
 *
 * @param without the run without them
 * @param notTaken how many things they stand for, by their kind
 */
record OwnEngineDatasets(ExtractRun without, SortedMap<String, Long> notTaken) {

  /** Those of a run that goes into a store of some engine. */
  static OwnEngineDatasets of(ExtractRun run, String engine) {
    SortedMap<String, Long> notTaken = new TreeMap<>();
    if (run.info().engine().equals(engine)) {
      return new OwnEngineDatasets(run, notTaken);
    }
    List<DatasetPattern> names = new ArrayList<>();
    try (Stream<Dataset> datasets = run.catalogue().datasets()) {
      datasets
          .filter(dataset -> dataset.attributes().containsKey(Dataset.OWN_ENGINE))
          .forEach(
              dataset -> {
                names.add(DatasetPattern.exactly(dataset.name()));
                notTaken.merge(
                    dataset.kind(),
                    Long.parseLong(dataset.attributes().get(Dataset.OWN_ENGINE)),
                    Long::sum);
              });
    }
    ExtractRun without =
        SelectedRun.of(run, new DatasetFilter(List.of(), names, List.of(), List.of()));
    return new OwnEngineDatasets(without, notTaken);
  }
}
