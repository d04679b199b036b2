package dev.godwit.loader.postgresql;

import dev.godwit.spi.dataset.Dataset;
import dev.godwit.spi.dataset.SchemaObject;
import dev.godwit.spi.load.LoadPlan;
import dev.godwit.spi.name.DatasetName;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The definitions of another engine, in its own words, that nothing here can be made of. */
final class ForeignDefinitions {
  private static final String INDEX = "index";

  /** What a table is made for. */
  private static final Set<String> RECORDS = Set.of("collection", "table", "key space");

  private ForeignDefinitions() {}

  /** A line that tells how many of which kind a plan has; empty where it has none. */
  static Optional<String> note(LoadPlan plan) {
    String engine = plan.origin().engine();
    if (engine.equals(PostgresqlLoader.ENGINE)) {
      return Optional.empty();
    }
    Set<DatasetName> indexed = new HashSet<>();
    try (Stream<Dataset> datasets = plan.catalogue().datasets()) {
      datasets
          .filter(dataset -> !dataset.indexes().isEmpty())
          .forEach(dataset -> indexed.add(dataset.name()));
    }
    Map<String, Long> kinds = new TreeMap<>();
    try (Stream<SchemaObject> objects = plan.catalogue().objects()) {
      objects
          .filter(object -> !RECORDS.contains(object.kind()))
          // Those of a dataset that tells of its indexes are made from what it tells.
          .filter(
              object ->
                  !object.kind().equals(INDEX)
                      || object.datasets().stream().noneMatch(indexed::contains))
          .forEach(object -> kinds.merge(object.kind(), 1L, Long::sum));
    }
    return kinds.isEmpty()
        ? Optional.empty()
        : Optional.of(
            kinds.entrySet().stream()
                .map(kind -> kind.getKey() + ": " + kind.getValue())
                .collect(
                    Collectors.joining(
                        ", ",
                        "definitions of " + engine + " that no table has are left out: ",
                        "")));
  }
}
