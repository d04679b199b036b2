package dev.godwit.loader.postgresql;

import dev.godwit.extractor.postgresql.schema.graph.Attributes;
import dev.godwit.spi.dataset.SchemaObject;
import dev.godwit.spi.load.LoadPlan;
import dev.godwit.spi.name.DatasetName;
import dev.godwit.spi.name.Renames;
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
  private final Renames renames;
  private final boolean ownEngine;
  private final Map<Relation, Relation> names = new HashMap<>();
  private final Map<DatasetName, Map<String, String>> indexes = new HashMap<>();
  private final TreeSet<String> schemas = new TreeSet<>();
  private final Map<Relation, Relation> takenBy = new HashMap<>();
  private final List<Relation> twice = new ArrayList<>();

  private Renaming(Renames renames, boolean ownEngine) {
    this.renames = renames;
    this.ownEngine = ownEngine;
  }

  /** The names of a plan; goes through its definitions where anything is renamed. */
  static Renaming of(LoadPlan plan) {
    boolean ownEngine = plan.origin().engine().equals(PostgresqlLoader.ENGINE);
    Renaming renaming = new Renaming(plan.renames(), ownEngine);
    if (ownEngine && !plan.renames().isEmpty()) {
      try (Stream<SchemaObject> objects = plan.catalogue().objects()) {
        objects.forEach(renaming::learn);
      }
    }
    return renaming;
  }

  private void learn(SchemaObject object) {
    if (object.datasets().isEmpty()) {
      made(object).forEach(made -> take(made, made));
      return;
    }
    DatasetName dataset = object.datasets().get(0);
    Relation table = Relation.of(dataset);
    Relation renamed = relation(dataset);
    if (table.equals(renamed)) {
      made(object).forEach(made -> take(made, made));
      return;
    }
    schemas.add(renamed.schema());
    for (Relation made : made(object)) {
      boolean itself = made.equals(table);
      String name = itself ? renamed.name() : derived(made.name(), table.name(), renamed.name());
      Relation target = new Relation(renamed.schema(), name);
      names.put(made, target);
      take(target, made);
      if (!itself) {
        indexes.computeIfAbsent(dataset, k -> new HashMap<>()).put(made.name(), name);
      }
    }
  }

  private void take(Relation target, Relation source) {
    Relation other = takenBy.putIfAbsent(target, source);
    if (other != null && !other.equals(source) && !twice.contains(target)) {
      twice.add(target);
    }
  }

  /** Names that two relations would have. */
  List<Relation> twice() {
    return List.copyOf(twice);
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
    return NeutralNames.isTooLong(name)
        ? NeutralNames.cut(name, "_" + HexFormat.of().toHexDigits(name.hashCode()))
        : name;
  }

  /** The relations that a definition makes, by the names of the source. */
  private static List<Relation> made(SchemaObject object) {
    List<Relation> made = new ArrayList<>();
    for (int i = 0; object.attribute(Attributes.MAKES + i).isPresent(); i++) {
      made.add(Relation.parse(object.attribute(Attributes.MAKES + i).get()));
    }
    return made;
  }

  /**
   * Where a dataset lies in the target. One of another engine is called by its last part, and lies
   * in schema public, unless it gets another part before that one: {@code shop.orders=old.orders}
   * puts it into schema old.
   */
  Relation relation(DatasetName dataset) {
    DatasetName renamed = renames.of(dataset);
    if (ownEngine) {
      return Relation.of(renamed);
    }
    int before = renamed.parts().size() - 2;
    boolean moved = before >= 0 && !renamed.parts().get(before).equals(dataset.parts().get(before));
    return new Relation(moved ? renamed.parts().get(before) : "public", renamed.last());
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
    if (names.isEmpty() || object.attribute(NeutralKeys.IN_TARGETS_NAMES).isPresent()) {
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
