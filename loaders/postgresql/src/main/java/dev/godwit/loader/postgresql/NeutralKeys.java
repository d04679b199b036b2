package dev.godwit.loader.postgresql;

import dev.godwit.extractor.postgresql.schema.graph.Attributes;
import dev.godwit.spi.dataset.Dataset;
import dev.godwit.spi.dataset.Dataset.Reference;
import dev.godwit.spi.dataset.SchemaObject;
import dev.godwit.spi.dataset.SchemaObject.Phase;
import dev.godwit.spi.load.LoadPlan;
import dev.godwit.spi.name.DatasetName;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.arrow.vector.types.pojo.Field;

/**
 * The primary keys, indexes and foreign keys of tables that are made from their neutral
 * description, and the foreign keys of others that point at such a table, as definitions by the
 * names of the target. A foreign key is made where the table that it points at is loaded too, is
 * unique in those columns, and has them in the same types; it says nothing of what is done when
 * rows are deleted.
 */
final class NeutralKeys {
  /** Attribute of a definition that has the target's names already. */
  static final String IN_TARGETS_NAMES = "neutral";

  private final Renaming renaming;
  private final boolean ownEngine;
  private final NeutralNames names = new NeutralNames();
  private final Map<DatasetName, Table> tables = new HashMap<>();
  private final List<SchemaObject> indexes = new ArrayList<>();
  private final List<SchemaObject> foreignKeys = new ArrayList<>();
  private final List<Relation> made = new ArrayList<>();
  private final List<Relation> twice = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();

  /** What is known of a table: small, as it is kept of each. */
  private record Table(
      Relation relation,
      boolean neutral,
      Map<String, String> types,
      List<List<String>> unique,
      List<Reference> references) {}

  /** Those of a plan, whose datasets are gone through. */
  NeutralKeys(LoadPlan plan, Renaming renaming) {
    this.renaming = renaming;
    this.ownEngine = plan.origin().engine().equals(PostgresqlLoader.ENGINE);
    if (ownEngine && !hasNeutral(plan)) {
      return; // the usual case, in which nothing of any table is to be kept
    }
    List<Dataset> keyed = new ArrayList<>();
    List<DatasetName> order = new ArrayList<>();
    try (Stream<Dataset> datasets = plan.catalogue().datasets()) {
      datasets.forEach(
          dataset -> {
            boolean neutral = !ownEngine || dataset.neutral();
            order.add(dataset.name());
            tables.put(dataset.name(), table(dataset, neutral));
            if (neutral) {
              keyed.add(dataset);
            }
          });
    }
    keyed.forEach(this::addIndexes);
    order.forEach(this::addForeignKeys);
    tables.clear();
  }

  private static boolean hasNeutral(LoadPlan plan) {
    try (Stream<Dataset> datasets = plan.catalogue().datasets()) {
      return datasets.anyMatch(Dataset::neutral);
    }
  }

  private Table table(Dataset dataset, boolean neutral) {
    Relation relation = renaming.relation(dataset.name());
    if (neutral) {
      made.add(relation);
    }
    if (!names.take(relation)) {
      twice.add(relation);
    }
    List<List<String>> unique = new ArrayList<>();
    unique.add(sorted(dataset.key()));
    dataset.indexes().stream()
        .filter(Dataset.Index::unique)
        .forEach(index -> unique.add(sorted(index.columns())));
    Map<String, String> types = new HashMap<>();
    for (Field field : dataset.schema().getFields()) {
      types.put(field.getName(), NeutralTable.type(field, ownEngine));
    }
    return new Table(relation, neutral, types, unique, dataset.references());
  }

  private static List<String> sorted(List<String> columns) {
    return columns.stream().sorted().toList();
  }

  private void addIndexes(Dataset dataset) {
    Table table = tables.get(dataset.name());
    if (!dataset.key().isEmpty() && table.types().keySet().containsAll(dataset.key())) {
      String name = names.relation(table.relation(), List.of(), "pkey");
      String definition = constraint(table, name) + "PRIMARY KEY " + list(dataset.key());
      indexes.add(object("primary key", dataset.name(), table, name, definition));
    }
    for (Dataset.Index index : dataset.indexes()) {
      if (table.types().keySet().containsAll(index.columns())) {
        String word = index.unique() ? "key" : "idx";
        String name = names.relation(table.relation(), index.columns(), word);
        String definition =
            "CREATE %sINDEX %s ON %s %s"
                .formatted(
                    index.unique() ? "UNIQUE " : "",
                    Relation.quote(name),
                    table.relation().quoted(),
                    list(index.columns()));
        indexes.add(object("index", dataset.name(), table, name, definition));
      }
    }
  }

  private SchemaObject object(
      String kind, DatasetName dataset, Table table, String name, String definition) {
    made.add(new Relation(table.relation().schema(), name));
    return new SchemaObject(
        "neutral " + kind + ":" + table.relation().quoted() + "." + Relation.quote(name),
        kind,
        DatasetName.of(table.relation().schema(), table.relation().name(), name),
        definition,
        List.of(),
        Phase.AFTER_DATA,
        List.of(dataset),
        Map.of(IN_TARGETS_NAMES, "true"));
  }

  private void addForeignKeys(DatasetName dataset) {
    Table table = tables.get(dataset);
    for (int i = 0; i < table.references().size(); i++) {
      Reference reference = table.references().get(i);
      Table target = tables.get(reference.target());
      boolean ours = table.neutral() || (target != null && target.neutral());
      if (!ours) {
        continue; // it has a definition of its own
      }
      String why = why(table, reference, target);
      if (why.isEmpty()) {
        foreignKeys.add(foreignKey(dataset, table, reference, target, i));
      } else {
        notes.add(
            "the reference of %s to %s is left out: %s"
                .formatted(table.relation(), reference.target(), why));
      }
    }
  }

  /** Why a foreign key cannot be made; empty where it can. */
  private String why(Table table, Reference reference, Table target) {
    if (target == null) {
      return "that table is not loaded";
    } else if (!table.types().keySet().containsAll(reference.columns())
        || !target.types().keySet().containsAll(reference.targetColumns())) {
      return "not all of its columns are loaded";
    } else if (!target.unique().contains(sorted(reference.targetColumns()))) {
      return "its columns are no key there";
    }
    for (int i = 0; i < reference.columns().size(); i++) {
      String from = table.types().get(reference.columns().get(i));
      String to = target.types().get(reference.targetColumns().get(i));
      if (!ownEngine && !family(from).equals(family(to))) {
        return "%s is %s, and %s is %s"
            .formatted(reference.columns().get(i), from, reference.targetColumns().get(i), to);
      }
    }
    return "";
  }

  private static String family(String type) {
    return switch (type) {
      case "smallint", "integer", "bigint" -> "bigint";
      default -> type.startsWith("numeric") ? "numeric" : type;
    };
  }

  private static SchemaObject foreignKey(
      DatasetName dataset, Table table, Reference reference, Table target, int place) {
    String name =
        NeutralNames.cut(
            table.relation().name() + "_" + String.join("_", reference.columns()),
            "_fkey" + (place == 0 ? "" : place));
    return new SchemaObject(
        "neutral foreign key:" + table.relation().quoted() + "." + Relation.quote(name),
        "foreign key",
        DatasetName.of(table.relation().schema(), table.relation().name(), name),
        constraint(table, name)
            + "FOREIGN KEY %s REFERENCES %s %s"
                .formatted(
                    list(reference.columns()),
                    target.relation().quoted(),
                    list(reference.targetColumns())),
        List.of(),
        Phase.LAST,
        dataset.equals(reference.target())
            ? List.of(dataset)
            : List.of(dataset, reference.target()),
        Map.of(
            IN_TARGETS_NAMES,
            "true",
            Attributes.VALIDATED,
            "true",
            Attributes.PARTITIONED,
            "false"));
  }

  private static String constraint(Table table, String name) {
    return "ALTER TABLE ONLY "
        + table.relation().quoted()
        + " ADD CONSTRAINT "
        + Relation.quote(name)
        + " ";
  }

  private static String list(List<String> columns) {
    return columns.stream().map(Relation::quote).collect(Collectors.joining(", ", "(", ")"));
  }

  /** Primary keys and indexes. */
  List<SchemaObject> indexes() {
    return indexes;
  }

  /** Foreign keys. */
  List<SchemaObject> foreignKeys() {
    return foreignKeys;
  }

  /** Tables, keys and indexes that are made. */
  List<Relation> made() {
    return made;
  }

  /** Tables of a name that another one has. */
  List<Relation> twice() {
    return twice;
  }

  /** What a person should know: which references are left out. */
  List<String> notes() {
    return notes;
  }
}
