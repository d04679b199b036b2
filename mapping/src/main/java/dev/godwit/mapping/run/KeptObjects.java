package dev.godwit.mapping.run;

import dev.godwit.spi.dataset.Catalogue;
import dev.godwit.spi.dataset.Dataset;
import dev.godwit.spi.dataset.SchemaObject;
import dev.godwit.spi.name.DatasetName;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The engine's own definitions, without those of datasets that are made from their description:
 * they could name what is gone. What needs one of those goes with it. Of the definitions only ids
 * are held.
 */
final class KeptObjects {
  private final Set<DatasetName> redefined = new HashSet<>();
  private final Set<String> leftOut = new HashSet<>();
  private final SortedMap<String, Long> kinds = new TreeMap<>();

  KeptObjects(Catalogue catalogue, Mapping mapping) {
    if (!mapping.keepsDefinitions() || mapping.redefines()) {
      countComputed(mapping);
    }
    if (!mapping.redefines()) {
      return;
    }
    try (Stream<Dataset> datasets = catalogue.datasets()) {
      datasets.filter(mapping::redefined).forEach(dataset -> redefined.add(dataset.name()));
    }
    if (redefined.isEmpty()) {
      return;
    }
    TablesInNeed tables = new TablesInNeed();
    try (Stream<SchemaObject> objects = catalogue.objects()) {
      // Each comes after those that it depends on.
      objects
          .filter(object -> !keeps(object, mapping))
          .forEach(
              object -> {
                tables.learn(object, leftOut);
                leave(object);
              });
    }
    tables.check(mapping, redefined);
    countHeirs(mapping);
  }

  /** What was shown in a table that is made otherwise is not shown in it any more. */
  private void countHeirs(Mapping mapping) {
    long many = redefined.stream().filter(mapping::inherits).count();
    if (many > 0) {
      kinds.put("inheritance", many);
    }
  }

  /** Only a definition computes them, and what they showed is not moved. */
  private void countComputed(Mapping mapping) {
    try (Stream<MappedDataset> datasets = mapping.datasets()) {
      datasets
          .filter(mapped -> !mapping.keepsDefinitions() || mapped.target().neutral())
          .map(mapped -> mapped.source().attributes().get(Dataset.COMPUTED_COLUMNS))
          .filter(Objects::nonNull)
          .forEach(columns -> kinds.merge("computed column", columns.lines().count(), Long::sum));
    }
  }

  private boolean keeps(SchemaObject object, Mapping mapping) {
    return object.dependencies().stream().noneMatch(leftOut::contains)
        && object.datasets().stream()
            .noneMatch(name -> redefined.contains(name) || mapping.redefined(name));
  }

  private void leave(SchemaObject object) {
    leftOut.add(object.id());
    if (!object.kind().equals("table")) {
      kinds.merge(object.kind(), 1L, Long::sum);
    }
  }

  /** Whether a definition is used. */
  boolean keeps(SchemaObject object) {
    return !leftOut.contains(object.id());
  }

  /** As {@link #keeps(SchemaObject)}, of the definitions. */
  Stream<SchemaObject> of(Stream<SchemaObject> objects) {
    return leftOut.isEmpty() ? objects : objects.filter(this::keeps);
  }

  /** As {@link #of(Stream)}, for state that is read after the data. */
  List<SchemaObject> state(List<SchemaObject> state) {
    return state.stream()
        .filter(
            object ->
                object.dependencies().stream().noneMatch(leftOut::contains)
                    && object.datasets().stream().noneMatch(redefined::contains))
        .toList();
  }

  /** What is left out: kind to how many. */
  SortedMap<String, Long> leftOut() {
    return Collections.unmodifiableSortedMap(kinds);
  }
}
