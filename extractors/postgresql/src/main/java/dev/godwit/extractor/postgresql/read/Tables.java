package dev.godwit.extractor.postgresql.read;

import dev.godwit.extractor.postgresql.session.Session;
import dev.godwit.extractor.postgresql.type.PgColumn;
import dev.godwit.extractor.postgresql.type.TypeCatalogue;
import dev.godwit.extractor.postgresql.type.TypeMap;
import dev.godwit.spi.dataset.Dataset;
import dev.godwit.spi.error.ExitCode;
import dev.godwit.spi.error.GodwitException;
import dev.godwit.spi.name.DatasetName;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;

/**
 * The tables of a run, largest first. Names and sizes of all are kept; they are described by groups
 * as they are asked for, and only the last few groups stay in memory. Safe for use by many threads.
 */
final class Tables {
  private static final int GROUP = 200;
  private static final int KEPT_GROUPS = 3;

  private final Coordinator coordinator;
  private final TypeCatalogue types;
  private final TypeMap map;
  private final String database;
  private final int version;
  private final Sizes sizes;
  private final LargeObjects largeObjects;
  private final List<Relation> relations;
  private final Map<DatasetName, Integer> places = new HashMap<>();
  private final LinkedHashMap<Integer, List<Table>> groups = new LinkedHashMap<>();

  Tables(Coordinator coordinator, Session session, TypeCatalogue types, String database) {
    this.coordinator = coordinator;
    this.types = types;
    this.map = new TypeMap(types);
    this.database = database;
    this.version = session.serverVersion();
    Selection selection = coordinator.reached().selection();
    this.sizes = coordinator.ask("the sizes of the tables", c -> Sizes.of(c, selection.taken()));
    this.relations = new ArrayList<>(selection.taken());
    this.largeObjects = LargeObjects.of(coordinator, relations);
    relations.sort(
        UnloggedOnStandby.first(coordinator.reached())
            .thenComparingLong(r -> -sizes.bytes(r))
            .thenComparing(Relation::name));
    for (int i = 0; i < relations.size(); i++) {
      places.put(relations.get(i).name(), i);
    }
  }

  /** All tables, described as the stream reaches them. */
  Stream<Dataset> datasets() {
    Iterator<Dataset> each =
        new Iterator<>() {
          private int at;
          private List<Table> group = List.of();

          @Override
          public boolean hasNext() {
            return at < relations.size();
          }

          @Override
          public Dataset next() {
            if (at % GROUP == 0) {
              group = group(at / GROUP);
            }
            return group.get(at++ % GROUP).dataset();
          }
        };
    return StreamSupport.stream(
        Spliterators.spliterator(each, relations.size(), Spliterator.ORDERED), false);
  }

  /** A table by the name of its dataset. */
  Table table(DatasetName name) {
    int place = place(name);
    return group(place / GROUP).get(place % GROUP);
  }

  /** A table by the name of its dataset, not described. */
  Relation relation(DatasetName name) {
    return relations.get(place(name));
  }

  private int place(DatasetName name) {
    Integer place = places.get(name);
    if (place == null) {
      throw new IllegalArgumentException("the run has no dataset " + name);
    }
    return place;
  }

  /** Which of its rows are read, in SQL. */
  Optional<String> condition(Relation relation) {
    return coordinator.reached().selection().condition(relation);
  }

  /**
   * Makes sure that the conditions and columns of the filter are understood.
   *
   * @throws GodwitException {@code USAGE} where a column does not exist or a condition is wrong
   */
  void checkFilter() {
    for (Relation relation : relations) {
      Optional<String> condition = condition(relation);
      if (coordinator.reached().selection().columns(relation).isPresent()) {
        table(relation.name());
      }
      condition.ifPresent(c -> checkCondition(relation, c));
    }
  }

  private void checkCondition(Relation relation, String condition) {
    // Between other brackets too: one that closed its own, as "a) or (b", would stand beside
    // others.
    String between =
        "select case when\n" + condition + "\nthen 1 end from " + relation.rows() + " limit 0";
    Optional<String> wrong =
        coordinator
            .tryOut("select from " + relation.rows() + CopyStatements.where(condition) + " limit 0")
            .or(() -> coordinator.tryOut(between));
    if (wrong.isPresent()) {
      throw new GodwitException(
          ExitCode.USAGE,
          "--where for " + relation.name() + ": " + wrong.get(),
          "a condition is an SQL expression over the table's columns, such as \"day >= '2026-01-01'\";"
              + " other tables, functions and types are named with their schema");
    }
  }

  /** How the large objects are divided. */
  LargeObjects largeObjects() {
    return largeObjects;
  }

  /** The pages of its heap when the run began. */
  long pages(Relation relation) {
    return sizes.pages(relation);
  }

  private synchronized List<Table> group(int number) {
    List<Table> known = groups.remove(number);
    if (known == null) {
      int from = number * GROUP;
      known =
          coordinator.ask(
              "the definitions of the tables",
              c -> describe(c, relations.subList(from, Math.min(from + GROUP, relations.size()))));
    }
    groups.put(number, known);
    if (groups.size() > KEPT_GROUPS) {
      groups.remove(groups.keySet().iterator().next());
    }
    return known;
  }

  private List<Table> describe(Connection connection, List<Relation> group) throws SQLException {
    List<Integer> oids = group.stream().map(Relation::oid).toList();
    Map<Integer, List<PgColumn>> columns = types.columns(connection, oids);
    TableDetails details = new TableDetails(connection, database, oids, version);
    List<Table> described = new ArrayList<>();
    for (Relation relation : group) {
      List<PgColumn> all = columns.getOrDefault(relation.oid(), List.of());
      List<PgColumn> read = read(relation, all);
      described.add(
          new Table(
              relation,
              dataset(relation, read, attributes(relation, all, read), details),
              read,
              coordinator.reached().selection().condition(relation)));
    }
    return described;
  }

  private List<PgColumn> read(Relation relation, List<PgColumn> columns) {
    Optional<List<String>> wanted = coordinator.reached().selection().columns(relation);
    List<PgColumn> stored = columns.stream().filter(c -> !c.generated()).toList();
    if (wanted.isEmpty()) {
      return stored;
    }
    List<PgColumn> chosen = new ArrayList<>();
    for (String name : wanted.get()) {
      chosen.add(
          stored.stream()
              .filter(c -> c.name().equals(name))
              .findFirst()
              .orElseThrow(() -> noColumn(relation.name(), name, stored)));
    }
    return chosen;
  }

  /** The columns that the server computes, one a line; none where others were chosen. */
  private String computed(Relation relation, List<PgColumn> columns) {
    return coordinator.reached().selection().columns(relation).isPresent()
        ? ""
        : columns.stream()
            .filter(PgColumn::generated)
            .map(PgColumn::name)
            .collect(Collectors.joining("\n"));
  }

  /** What is said where a filter names a column that is not there. */
  static GodwitException noColumn(DatasetName dataset, String name, List<PgColumn> stored) {
    return new GodwitException(
        ExitCode.USAGE,
        dataset + " has no column '" + name + "' that could be read",
        "columns are " + String.join(", ", stored.stream().map(PgColumn::name).toList()));
  }

  private Map<String, String> attributes(
      Relation relation, List<PgColumn> columns, List<PgColumn> read) {
    Map<String, String> attributes = new HashMap<>();
    String computed = computed(relation, columns);
    if (relation.unlogged()) {
      attributes.put("unlogged", "true");
    }
    if (!computed.isEmpty()) {
      attributes.put(Dataset.COMPUTED_COLUMNS, computed);
    }
    if (read.size() < columns.stream().filter(c -> !c.generated()).count()) {
      attributes.put(Dataset.CHOSEN_COLUMNS, "true");
    }
    if (!relation.kept().isEmpty()) {
      attributes.put(Dataset.ROWS_OF_EXTENSION, "true");
    }
    return attributes;
  }

  private Dataset dataset(
      Relation relation,
      List<PgColumn> columns,
      Map<String, String> attributes,
      TableDetails details) {
    List<Field> fields = columns.stream().map(map::field).toList();
    List<String> names = columns.stream().map(PgColumn::name).toList();
    Optional<Relation> root = coordinator.reached().selection().root(relation);
    root.ifPresent(r -> attributes.put("partition-root", r.name().toString()));
    int oid = relation.oid();
    if (!details.partitionColumns(oid).isEmpty()) {
      attributes.put(Dataset.PARTITION_COLUMNS, details.partitionColumns(oid));
    }
    details
        .placedWithin(oid)
        .ifPresent(above -> attributes.put(Dataset.PLACED_WITHIN, above.toString()));
    if (relation.holdsLargeObjects()) {
      return largeObjects.dataset(
          relation,
          new Schema(fields),
          new Dataset.Estimate(details.rows(oid), sizes.bytes(relation)));
    }
    List<String> key = details.key(oid);
    return new Dataset(
        relation.name(),
        relation.foreign() ? "foreign table" : "table",
        new Schema(fields),
        columns.stream().filter(PgColumn::required).map(PgColumn::name).toList(),
        names.containsAll(key) ? key : List.of(),
        details.indexes(oid).stream().filter(i -> names.containsAll(i.columns())).toList(),
        details.references(oid).stream().filter(r -> names.containsAll(r.columns())).toList(),
        root.map(r -> "partition of " + r.name() + " " + details.bound(oid)).orElse(""),
        new Dataset.Estimate(details.rows(oid), sizes.bytes(relation)),
        attributes);
  }
}
