package dev.godwit.loader.postgresql;

import dev.godwit.extractor.postgresql.schema.Attributes;
import dev.godwit.spi.dataset.SchemaObject;
import dev.godwit.spi.load.LoadPlan;
import dev.godwit.spi.name.DatasetName;
import dev.godwit.spi.name.Renames;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * What things are called in the target. A table that gets another name gives its indexes, keys and
 * sequences other names too, which lie in the same name space: where the old name begins with the
 * table's old name, that part becomes the table's new name ({@code orders_pkey} of {@code
 * orders=old} becomes {@code old_pkey}); any other name gets the table's new name put before it
 * ({@code day_idx} becomes {@code old_day_idx}). A table that only moves to another schema keeps
 * them. A name that would be over 63 bytes is cut, and ends in a hash of the whole.
 */
final class Renaming {
  private static final int LONGEST = 63;

  private final Renames renames;
  private final Map<Relation, Relation> names = new HashMap<>();
  private final Map<DatasetName, Map<String, String>> indexes = new HashMap<>();
  private final TreeSet<String> schemas = new TreeSet<>();

  private Renaming(Renames renames) {
    this.renames = renames;
  }

  /** The names of a plan; goes through its definitions where anything is renamed. */
  static Renaming of(LoadPlan plan) {
    Renaming renaming = new Renaming(plan.renames());
    if (!plan.renames().isEmpty()) {
      try (Stream<SchemaObject> objects = plan.catalogue().objects()) {
        objects.forEach(renaming::learn);
      }
    }
    return renaming;
  }

  private void learn(SchemaObject object) {
    if (object.datasets().isEmpty()) {
      return;
    }
    DatasetName dataset = object.datasets().get(0);
    Relation table = Relation.of(dataset);
    Relation renamed = relation(dataset);
    if (table.equals(renamed)) {
      return;
    }
    schemas.add(renamed.schema());
    for (Relation made : made(object)) {
      boolean itself = made.equals(table);
      String name = itself ? renamed.name() : derived(made.name(), table.name(), renamed.name());
      names.put(made, new Relation(renamed.schema(), name));
      if (!itself) {
        indexes.computeIfAbsent(dataset, k -> new HashMap<>()).put(made.name(), name);
      }
    }
  }

  private static String derived(String name, String oldTable, String newTable) {
    if (oldTable.equals(newTable)) {
      return name;
    }
    String derived =
        name.startsWith(oldTable)
            ? newTable + name.substring(oldTable.length())
            : newTable + "_" + name;
    return shortened(derived);
  }

  private static String shortened(String name) {
    if (name.getBytes(StandardCharsets.UTF_8).length <= LONGEST) {
      return name;
    }
    String hash = "_" + HexFormat.of().toHexDigits(name.hashCode());
    int end = name.length();
    while (name.substring(0, end).getBytes(StandardCharsets.UTF_8).length + hash.length()
        > LONGEST) {
      end = name.offsetByCodePoints(end, -1);
    }
    return name.substring(0, end) + hash;
  }

  /** The relations that a definition makes, by the names of the source. */
  private static List<Relation> made(SchemaObject object) {
    List<Relation> made = new ArrayList<>();
    for (int i = 0; object.attribute(Attributes.MAKES + i).isPresent(); i++) {
      made.add(Relation.parse(object.attribute(Attributes.MAKES + i).get()));
    }
    return made;
  }

  /** Where a dataset lies in the target. */
  Relation relation(DatasetName dataset) {
    return Relation.of(renames.of(dataset));
  }

  /** Schemas that renamed tables lie in, which may not be among those of the source. */
  List<String> schemas() {
    return List.copyOf(schemas);
  }

  /** The relations that a definition makes in the target. */
  List<Relation> makes(SchemaObject object) {
    return made(object).stream().map(r -> names.getOrDefault(r, r)).toList();
  }

  /** The definition as the target is to carry it out. */
  String definition(SchemaObject object) {
    if (names.isEmpty()) {
      return object.definition();
    }
    Map<String, String> own =
        object.datasets().isEmpty()
            ? Map.of()
            : indexes.getOrDefault(object.datasets().get(0), Map.of());
    return SqlNames.replace(object.definition(), names, own);
  }

  /** What a constraint or index of a dataset is called in the target. */
  String constraint(DatasetName dataset, String name) {
    return indexes.getOrDefault(dataset, Map.of()).getOrDefault(name, name);
  }
}
