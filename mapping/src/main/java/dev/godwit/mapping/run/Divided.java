package dev.godwit.mapping.run;

import dev.godwit.spi.dataset.Catalogue;
import dev.godwit.spi.dataset.SchemaObject;
import dev.godwit.spi.name.DatasetName;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Which datasets are parts of which: what is said of a table that is divided holds for each of its
 * partitions, at any depth. The definitions of kind {@code partition} tell, which belong to the
 * partition and then to its table.
 */
final class Divided {
  private static final String PARTITION = "partition";

  private final Map<DatasetName, DatasetName> tables = new HashMap<>();

  /** Nothing is divided, as far as anybody asks. */
  Divided() {}

  /** Goes through the definitions of a catalogue. */
  Divided(Catalogue catalogue) {
    try (Stream<SchemaObject> objects = catalogue.objects()) {
      objects
          .filter(object -> object.kind().equals(PARTITION) && object.datasets().size() == 2)
          .forEach(object -> tables.put(object.datasets().get(0), object.datasets().get(1)));
    }
  }

  /** Those that are parts of others. */
  Set<DatasetName> parts() {
    return tables.keySet();
  }

  /** The name, and those of all that it is a part of. */
  List<DatasetName> namesOf(DatasetName name) {
    return Stream.iterate(name, n -> n != null, tables::get).toList();
  }
}
