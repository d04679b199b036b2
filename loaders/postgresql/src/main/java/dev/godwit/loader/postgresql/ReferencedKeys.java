package dev.godwit.loader.postgresql;

import dev.godwit.spi.dataset.SchemaObject;
import dev.godwit.spi.load.LoadPlan;
import dev.godwit.spi.name.DatasetName;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The keys that foreign keys refer to. They are made as soon as their table is loaded: adding a
 * foreign key needs both its tables for itself, and so goes before all other indexes are built.
 */
final class ReferencedKeys {
  private static final String FOREIGN_KEY = "foreign key";

  private final Map<DatasetName, List<SchemaObject>> keys = new HashMap<>();

  private ReferencedKeys() {}

  /** Those of a plan, whose definitions are gone through twice. */
  static ReferencedKeys of(LoadPlan plan) {
    Set<String> needed = new HashSet<>();
    try (Stream<SchemaObject> objects = plan.catalogue().objects()) {
      objects
          .filter(object -> object.kind().equals(FOREIGN_KEY))
          .forEach(key -> needed.addAll(key.dependencies()));
    }
    ReferencedKeys found = new ReferencedKeys();
    if (!needed.isEmpty()) {
      try (Stream<SchemaObject> objects = plan.catalogue().objects()) {
        objects
            .filter(object -> object.phase() == SchemaObject.Phase.AFTER_DATA)
            .filter(object -> needed.contains(object.id()))
            .forEach(
                key ->
                    found
                        .keys
                        .computeIfAbsent(key.datasets().get(0), table -> new ArrayList<>())
                        .add(key));
      }
    }
    return found;
  }

  /** Those of a table. */
  List<SchemaObject> of(DatasetName table) {
    return keys.getOrDefault(table, List.of());
  }
}
