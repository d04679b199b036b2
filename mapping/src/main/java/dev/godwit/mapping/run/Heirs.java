package dev.godwit.mapping.run;

import dev.godwit.spi.dataset.Catalogue;
import dev.godwit.spi.dataset.SchemaObject;
import dev.godwit.spi.name.DatasetName;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Which datasets inherit from which: the rows of an heir are shown among those of its ancestors, by
 * the columns that both have. Definitions of tables tell; those that are related to no other are
 * not held.
 */
final class Heirs {
  private static final String TABLE = "table";

  /** On a table that inherits or is inherited from, or is a partition or has such. */
  private static final String RELATED = "related";

  private final Map<DatasetName, List<DatasetName>> parents = new HashMap<>();

  /** Nothing is inherited, as far as anybody asks. */
  Heirs() {}

  /** Goes through the definitions of a catalogue. */
  Heirs(Catalogue catalogue) {
    Map<String, DatasetName> tables = new HashMap<>();
    try (Stream<SchemaObject> objects = catalogue.objects()) {
      // Each comes after those that it depends on.
      objects.filter(Heirs::isRelated).forEach(object -> add(object, tables));
    }
  }

  private static boolean isRelated(SchemaObject object) {
    return object.kind().equals(TABLE)
        && object.attribute(RELATED).isPresent()
        && object.datasets().size() == 1;
  }

  private void add(SchemaObject table, Map<String, DatasetName> tables) {
    tables.put(table.id(), table.datasets().get(0));
    if (table.definition().contains("INHERIT")) {
      parents.put(
          table.datasets().get(0),
          table.dependencies().stream().filter(tables::containsKey).map(tables::get).toList());
    }
  }

  /** All that a dataset inherits from, at any remove. */
  Stream<DatasetName> ancestors(DatasetName name) {
    return parents.getOrDefault(name, List.of()).stream()
        .flatMap(parent -> Stream.concat(Stream.of(parent), ancestors(parent)))
        .distinct();
  }
}
