package dev.godwit.mapping.run;

import dev.godwit.spi.dataset.Catalogue;
import dev.godwit.spi.dataset.Dataset;
import dev.godwit.spi.dataset.SchemaObject;
import dev.godwit.spi.error.ExitCode;
import dev.godwit.spi.error.GodwitException;
import dev.godwit.spi.name.DatasetName;
import dev.godwit.spi.name.DatasetPattern;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** What gets another name must be there: else what was meant keeps its own, in silence. */
public final class RenamedDatasets {
  private RenamedDatasets() {}

  /**
   * Looks whether a catalogue has them all.
   *
   * @param renamed names that are to be replaced, their last parts at least
   * @param hint how to find the right name
   * @throws GodwitException {@code USAGE} where nothing is called so
   */
  public static void require(Set<DatasetName> renamed, Catalogue catalogue, String hint) {
    TreeSet<DatasetName> unmet = new TreeSet<>(renamed);
    if (!unmet.isEmpty()) {
      try (Stream<Dataset> datasets = catalogue.datasets()) {
        meet(unmet, datasets.map(Dataset::name));
      }
    }
    if (!unmet.isEmpty()) {
      // A table that is divided is no dataset, and only its definitions name it.
      try (Stream<SchemaObject> objects = catalogue.objects()) {
        meet(unmet, objects.flatMap(object -> object.datasets().stream()));
      }
    }
    if (!unmet.isEmpty()) {
      throw new GodwitException(
          ExitCode.USAGE, "--rename: there is no dataset " + unmet.first(), hint);
    }
  }

  private static void meet(Set<DatasetName> unmet, Stream<DatasetName> names) {
    names.forEach(name -> unmet.removeIf(from -> DatasetPattern.exactly(from).matches(name)));
  }
}
