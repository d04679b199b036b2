package dev.godwit.extractor.postgresql.schema;

import dev.godwit.extractor.postgresql.schema.graph.Attributes;
import dev.godwit.extractor.postgresql.schema.graph.Catalog;
import dev.godwit.extractor.postgresql.schema.graph.CatalogueQuery;
import dev.godwit.extractor.postgresql.schema.graph.Definition;
import dev.godwit.extractor.postgresql.schema.graph.Graph;
import dev.godwit.extractor.postgresql.schema.graph.Kind;
import dev.godwit.extractor.postgresql.schema.graph.Node;
import dev.godwit.extractor.postgresql.schema.graph.Scope;
import dev.godwit.extractor.postgresql.schema.kind.EventTriggers;
import dev.godwit.extractor.postgresql.schema.kind.ForeignKeys;
import dev.godwit.extractor.postgresql.schema.kind.IndexLinks;
import dev.godwit.extractor.postgresql.schema.kind.Indexes;
import dev.godwit.extractor.postgresql.schema.kind.Kinds;
import dev.godwit.extractor.postgresql.schema.kind.MaterializedViews;
import dev.godwit.extractor.postgresql.schema.kind.PartitionLinks;
import dev.godwit.extractor.postgresql.schema.kind.Schemas;
import dev.godwit.extractor.postgresql.schema.kind.SequenceOwners;
import dev.godwit.extractor.postgresql.schema.kind.SequenceState;
import dev.godwit.extractor.postgresql.schema.kind.TableMarks;
import dev.godwit.extractor.postgresql.schema.said.Comments;
import dev.godwit.extractor.postgresql.schema.said.DatabaseSettings;
import dev.godwit.extractor.postgresql.schema.said.Owners;
import dev.godwit.extractor.postgresql.schema.said.Privileges;
import dev.godwit.spi.dataset.SchemaObject;
import dev.godwit.spi.dataset.SchemaObject.Phase;
import dev.godwit.spi.name.DatasetName;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * The schema objects of one database, as the transaction of a connection shows them. The
 * connection's search path must be empty, so that the server qualifies every name.
 *
 * <p>What is held at a time is the names of all objects, and the definitions of one page of them.
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
   * @param secrets whether passwords are taken
   */
  public SchemaObjects(
      Connection connection,
      String database,
      Map<Integer, DatasetName> relations,
      Set<Integer> types,
      boolean whole,
      boolean secrets) {
    this.scope =
        new Scope(
            new CatalogueQuery(connection),
            database,
            Map.copyOf(relations),
            Set.copyOf(types),
            whole,
            secrets);
  }

  /** The objects of some relations and what they need, or of the whole database; no secrets. */
  public SchemaObjects(
      Connection connection, String database, Map<Integer, DatasetName> relations, boolean whole) {
    this(connection, database, relations, Set.of(), whole, false);
  }

  /** What is made of a page of objects. */
  @FunctionalInterface
  private interface OfPage {
    List<SchemaObject> define(List<Node> nodes);
  }

  private Graph graph() {
    return new Graph(scope, Kinds.ALL, Kinds.PARTS, Kinds.SHELL);
  }

  /** The objects, each after those that it depends on, phase by phase. */
  public Stream<SchemaObject> objects() {
    Graph graph = graph();
    Predicate<Node> last = node -> graph.phase(node) == Phase.LAST;
    Predicate<Node> eventTrigger = node -> node.kind().word().equals(EventTriggers.WORD);
    List<Node> all = graph.ordered();
    List<Node> listed = all.stream().filter(node -> Kinds.ALL.contains(node.kind())).toList();
    List<Node> tables =
        listed.stream().filter(n -> ofKind(n, "table") || ofKind(n, "foreign table")).toList();
    List<Node> indexed =
        listed.stream().filter(n -> ofKind(n, "table") || ofKind(n, "materialized view")).toList();
    List<Node> filled = indexed.stream().filter(n -> ofKind(n, "table")).toList();
    List<Node> views = graph.ordered("materialized view");
    List<Node> relations =
        listed.stream().filter(n -> n.kind().catalogue() == Catalog.CLASS).toList();
    Pages pages = new Pages();
    pages.add(() -> Schemas.database(scope));
    pages.of(all, last.negate(), page -> definitions(graph, page));
    pages.of(tables, n -> true, page -> SequenceOwners.define(scope, graph, page));
    pages.of(tables, n -> true, page -> PartitionLinks.define(scope, graph, page));
    pages.of(filled, n -> true, page -> Indexes.define(scope, graph, page));
    pages.of(filled, n -> true, page -> IndexLinks.define(scope, graph, page));
    pages.of(tables, n -> true, page -> ForeignKeys.unchecked(scope, graph, page));
    pages.of(filled, n -> true, page -> ForeignKeys.define(scope, graph, page));
    pages.of(all, last.and(eventTrigger.negate()), page -> definitions(graph, page));
    pages.of(views, n -> true, page -> MaterializedViews.fill(scope, graph, page));
    pages.of(views, n -> true, page -> Indexes.define(scope, graph, page));
    pages.of(indexed, n -> true, page -> TableMarks.define(scope, graph, page));
    pages.of(listed, eventTrigger.negate(), page -> Owners.of(scope, page));
    pages.of(listed, n -> true, page -> Privileges.on(scope, page));
    if (scope.whole()) {
      pages.add(() -> Privileges.byDefault(scope));
      pages.add(() -> DatabaseSettings.define(scope));
      pages.add(() -> DatabaseSettings.comment(scope));
    }
    pages.of(listed, eventTrigger.negate(), page -> Comments.on(scope, page));
    pages.of(relations, n -> true, page -> Comments.onParts(scope, graph, page));
    pages.of(graph.ordered("type"), n -> true, page -> Comments.onPartsOfTypes(scope, graph, page));
    pages.of(all, last.and(eventTrigger), page -> definitions(graph, page));
    pages.of(listed, eventTrigger, page -> Owners.of(scope, page));
    pages.of(listed, eventTrigger, page -> Comments.on(scope, page));
    return pages.stream();
  }

  private static boolean ofKind(Node node, String word) {
    return node.kind().word().equals(word);
  }

  /** Pages of one kind each, in their order. */
  private static final class Pages {
    private final List<Supplier<List<SchemaObject>>> pages = new ArrayList<>();

    void add(Supplier<List<SchemaObject>> page) {
      pages.add(page);
    }

    void of(List<Node> nodes, Predicate<Node> wanted, OfPage define) {
      List<Node> open = new ArrayList<>();
      Kind kind = null;
      for (Node node : nodes) {
        if (wanted.test(node)) {
          if (!open.isEmpty() && (open.size() == Scope.PAGE || !node.kind().equals(kind))) {
            close(List.copyOf(open), define);
            open.clear();
          }
          kind = node.kind();
          open.add(node);
        }
      }
      if (!open.isEmpty()) {
        close(open, define);
      }
    }

    private void close(List<Node> page, OfPage define) {
      pages.add(() -> define.define(page));
    }

    Stream<SchemaObject> stream() {
      // One level of flatMap only: an iterator over the stream then holds one page, not all.
      return pages.stream().flatMap(page -> page.get().stream());
    }
  }

  private List<SchemaObject> definitions(Graph graph, List<Node> page) {
    Map<Integer, Definition> definitions = page.get(0).kind().definer().define(scope, graph, page);
    Map<Node, String> needs = Needs.of(scope, graph, page);
    List<SchemaObject> objects = new ArrayList<>();
    for (Node node : page) {
      Definition definition = definitions.get(node.oid());
      if (definition != null) {
        Map<String, String> attributes = new TreeMap<>(definition.attributes());
        if (needs.containsKey(node)) {
          attributes.put(Attributes.NEEDS, needs.get(node));
        }
        objects.add(
            new SchemaObject(
                node.id(),
                node.kind().word(),
                node.path(scope),
                definition.text(),
                graph.needsOf(node),
                graph.phase(node),
                scope.datasets(node.relation()),
                attributes));
      }
    }
    return objects;
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
    return SequenceState.read(scope, graph(), new CatalogueQuery(after));
  }
}
