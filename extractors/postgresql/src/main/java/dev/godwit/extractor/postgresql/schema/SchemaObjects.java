package dev.godwit.extractor.postgresql.schema;

import dev.godwit.spi.dataset.SchemaObject;
import dev.godwit.spi.name.DatasetName;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * The schema objects of one database, as the transaction of a connection shows them. The
 * connection's search path must be empty, so that the server qualifies every name.
 *
 * <p>What is held at a time is the names of all tables, types and sequences, and the definitions of
 * one page of them.
 */
public final class SchemaObjects {
  private final Scope scope;

  /**
   * The objects of some relations, or of the whole database.
   *
   * @param connection in the run's transaction; used by one thread at a time, at each call only
   * @param database its name, the first part of every dataset's name
   * @param relations the tables that the run takes (partitioned parents too), by their ids
   * @param types ids of types that are taken beside those that the relations need
   * @param whole whether the run takes all tables of the database: then objects that belong to no
   *     table are taken too
   */
  public SchemaObjects(
      Connection connection,
      String database,
      Map<Integer, DatasetName> relations,
      Set<Integer> types,
      boolean whole) {
    this.scope =
        new Scope(
            new CatalogueQuery(connection),
            database,
            Map.copyOf(relations),
            Set.copyOf(types),
            whole);
  }

  /** The objects of some relations and what they need, or of the whole database. */
  public SchemaObjects(
      Connection connection, String database, Map<Integer, DatasetName> relations, boolean whole) {
    this(connection, database, relations, Set.of(), whole);
  }

  /** What is made of a page of tables. */
  @FunctionalInterface
  private interface OfTables {
    List<SchemaObject> define(Scope scope, DependencyGraph graph, List<ObjectNode> tables);
  }

  /** The objects, each after those that it depends on, phase by phase. */
  public Stream<SchemaObject> objects() {
    DependencyGraph graph = new DependencyGraph(scope);
    List<SchemaObject> schemas = Schemas.define(scope, graph);
    List<ObjectNode> tables = graph.ordered(ObjectNode.Kind.TABLE);
    List<ObjectNode> others =
        graph.ordered().stream().filter(n -> n.kind() != ObjectNode.Kind.TABLE).toList();
    List<Supplier<List<SchemaObject>>> pages = new ArrayList<>();
    pages.add(() -> Schemas.database(scope));
    pages.add(() -> schemas);
    runs(graph.ordered()).forEach(run -> pages.add(() -> nodes(graph, run)));
    List<OfTables> kinds =
        List.of(
            SequenceOwners::define,
            PartitionLinks::define,
            Indexes::define,
            IndexLinks::define,
            ForeignKeys::unchecked,
            ForeignKeys::define,
            TableMarks::define,
            Comments::onTables);
    for (OfTables kind : kinds) {
      Scope.pages(tables).forEach(page -> pages.add(() -> kind.define(scope, graph, page)));
    }
    pages.add(() -> Comments.onSchemas(scope, schemas));
    Scope.pages(others).forEach(page -> pages.add(() -> Comments.onOthers(scope, page)));
    // One level of flatMap only: an iterator over the stream then holds one page, not a whole kind.
    return pages.stream().flatMap(page -> page.get().stream());
  }

  /** Cuts the order into pages of one family each: sequences, types, tables. */
  private static List<List<ObjectNode>> runs(List<ObjectNode> ordered) {
    List<List<ObjectNode>> runs = new ArrayList<>();
    int from = 0;
    for (int i = 1; i <= ordered.size(); i++) {
      boolean ends =
          i == ordered.size()
              || i - from == Scope.PAGE
              || !ordered.get(i).kind().word().equals(ordered.get(from).kind().word());
      if (ends) {
        runs.add(ordered.subList(from, i));
        from = i;
      }
    }
    return runs;
  }

  private List<SchemaObject> nodes(DependencyGraph graph, List<ObjectNode> run) {
    return switch (run.get(0).kind()) {
      case SEQUENCE -> Sequences.define(scope, run);
      case TABLE -> Tables.define(scope, graph, run);
      default -> Types.define(scope, graph, run);
    };
  }

  /** What the database holds and the objects do not carry: kind in the plural, to how many. */
  public SortedMap<String, Long> notCarried() {
    return NotCarried.count(scope);
  }

  /**
   * The state of the sequences among the objects, read on a connection outside the run's snapshot
   * (sequences are not transactional), after the data.
   */
  public List<SchemaObject> state(Connection after) {
    DependencyGraph graph = new DependencyGraph(scope);
    return SequenceState.read(scope, graph, new CatalogueQuery(after));
  }
}
