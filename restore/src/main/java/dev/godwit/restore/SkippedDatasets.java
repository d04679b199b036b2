package dev.godwit.restore;

import dev.godwit.mapping.run.DatasetChoice;
import dev.godwit.spi.dataset.Dataset;
import dev.godwit.spi.extract.ExtractRun;
import dev.godwit.spi.name.DatasetFilter;
import dev.godwit.spi.name.DatasetPattern;
import dev.godwit.transfer.SelectedRun;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Datasets that a mapping leaves out whole. */
final class SkippedDatasets {
  private SkippedDatasets() {}

  /**
   * The run without them.
   *
   * @throws dev.godwit.spi.error.GodwitException {@code USAGE} where there is no such dataset, or
   *     none is left
   */
  static ExtractRun leftOut(ExtractRun run, List<DatasetChoice> choices) {
    List<DatasetChoice> skipped = choices.stream().filter(DatasetChoice::skip).toList();
    if (skipped.isEmpty()) {
      return run;
    }
    List<DatasetChoice> unmet = new ArrayList<>(skipped);
    List<DatasetPattern> names = new ArrayList<>();
    try (Stream<Dataset> datasets = run.catalogue().datasets()) {
      datasets.forEach(
          dataset -> {
            if (skipped.stream().anyMatch(choice -> choice.means(dataset.name()))) {
              names.add(DatasetPattern.exactly(dataset.name()));
              unmet.removeIf(choice -> choice.means(dataset.name()));
            }
          });
    }
    if (!unmet.isEmpty()) {
      throw unmet
          .get(0)
          .wrong(
              "there is no dataset " + unmet.get(0).source(),
              "--dry-run tells the names there are");
    }
    return SelectedRun.of(run, new DatasetFilter(List.of(), names, List.of(), List.of()));
  }
}
