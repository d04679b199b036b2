package dev.godwit.extractor.postgresql.schema;

import dev.godwit.extractor.postgresql.schema.graph.Attributes;
import dev.godwit.extractor.postgresql.schema.graph.Catalog;
import dev.godwit.extractor.postgresql.schema.graph.CatalogueQuery;
import dev.godwit.extractor.postgresql.schema.graph.Definition;
import dev.godwit.extractor.postgresql.schema.graph.Graph;
import dev.godwit.extractor.postgresql.schema.graph.Node;
import dev.godwit.extractor.postgresql.schema.graph.Scope;
import dev.godwit.extractor.postgresql.schema.kind.EventTriggers;
import dev.godwit.extractor.postgresql.schema.kind.ForeignKeys;
import dev.godwit.extractor.postgresql.schema.kind.IdentitySequences;
import dev.godwit.extractor.postgresql.schema.kind.IndexLinks;
import dev.godwit.extractor.postgresql.schema.kind.Indexes;
import dev.godwit.extractor.postgresql.schema.kind.Kinds;
import dev.godwit.extractor.postgresql.schema.kind.LargeObjectRuns;
import dev.godwit.extractor.postgresql.schema.kind.MaterializedViews;
import dev.godwit.extractor.postgresql.schema.kind.PartitionLinks;
import dev.godwit.extractor.postgresql.schema.kind.Schemas;
import dev.godwit.extractor.postgresql.schema.kind.SequenceOwners;
import dev.godwit.extractor.postgresql.schema.kind.SequenceRights;
import dev.godwit.extractor.postgresql.schema.kind.SequenceState;
import dev.godwit.extractor.postgresql.schema.kind.TableMarks;
import dev.godwit.extractor.postgresql.schema.said.Brought;
import dev.godwit.extractor.postgresql.schema.said.ClusterRoles;
import dev.godwit.extractor.postgresql.schema.said.Comments;
import dev.godwit.extractor.postgresql.schema.said.DatabaseSettings;
import dev.godwit.extractor.postgresql.schema.said.ExtensionDependents;
import dev.godwit.extractor.postgresql.schema.said.OfDatabase;
import dev.godwit.extractor.postgresql.schema.said.OfLargeObjects;
import dev.godwit.extractor.postgresql.schema.said.Owners;
import dev.godwit.extractor.postgresql.schema.said.Privileges;
import dev.godwit.extractor.postgresql.schema.said.SecurityLabels;
import dev.godwit.spi.dataset.Catalogue;
import dev.godwit.spi.dataset.SchemaObject;
import dev.godwit.spi.dataset.SchemaObject.Phase;
import dev.godwit.spi.name.DatasetName;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * The schema objects of one database, as the transaction of a connection shows them. The
 * connection's search path must be empty, so that the server qualifies every name.
 *
 * <p>What is held at a time is the names of all objects, and the definitions of one page of them.
 */
public final class SchemaObjects {
  private final Scope scope;
  private final boolean roles;

  /** Found with the objects: what is dropped later is no more to be listed whole. */
  private List<SequenceState.Found> sequences;

  /**
   * The objects of some relations, or of the whole database.
   *
   * @param connection in the run's transaction; used by one thread at a time, at each call only
   * @param database its name, the first part of every dataset's name
   * @param relations the tables that the run takes (partitioned parents too), by their ids
   * @param left the other tables of the database, by their ids
   * @param types ids of types that are taken beside those that the relations need
   * @param whole whether objects that belong to no table are taken too, unless they need a table
   *     that is left
   * @param secrets whether passwords are taken
   * @param roles whether the server's roles are taken
   */
  public SchemaObjects(
      Connection connection,
      String database,
      Map<Integer, DatasetName> relations,
      Map<Integer, DatasetName> left,
      Set<Integer> types,
      boolean whole,
      boolean secrets,
      boolean roles) {
    this.roles = roles;
    this.scope =
        new Scope(
            new CatalogueQuery(connection),
            database,
            Map.copyOf(relations),
            Map.copyOf(left),
            Set.copyOf(types),
            whole,
            secrets);
  }

  /** The objects of some relations and what they need, or of the whole database; no more. */
  public SchemaObjects(
      Connection connection, String database, Map<Integer, DatasetName> relations, boolean whole) {
    this(connection, database, relations, Map.of(), Set.of(), whole, false, false);
  }

  private Graph graph() {
    return new Graph(scope, Kinds.ALL, Kinds.PARTS, Kinds.SHELL, Kinds.STUB);
  }

  /** The objects, each after those that it depends on, phase by phase. */
  public Stream<SchemaObject> objects() {
    Graph graph = graph();
    sequences = SequenceState.find(scope, graph);
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
    Pages pages = new Pages(new Tablespaces(scope.query()));
    pages.add(() -> Schemas.database(scope));
    if (roles) {
      pages.add(() -> ClusterRoles.define(scope));
    }
    if (scope.whole()) {
      pages.add(() -> OfDatabase.made(scope));
    }
    List<LargeObjectRuns> largeObjects = LargeObjectRuns.of(scope);
    largeObjects.forEach(run -> pages.add(() -> run.define(scope)));
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
    pages.add(() -> ExtensionDependents.define(scope, graph));
    pages.of(listed, eventTrigger.negate(), page -> Owners.of(scope, page));
    largeObjects.forEach(run -> pages.add(() -> OfLargeObjects.owners(scope, run)));
    pages.of(listed, n -> true, page -> Privileges.on(scope, page));
    pages.of(tables, n -> true, page -> Privileges.on(scope, identities(page), of(graph)));
    largeObjects.forEach(run -> pages.add(() -> OfLargeObjects.privileges(scope, run)));
    if (scope.whole()) {
      pages.add(() -> Brought.privileges(scope));
      pages.add(() -> OfDatabase.privileges(scope));
      pages.add(() -> Privileges.byDefault(scope));
      pages.add(() -> DatabaseSettings.define(scope));
      pages.add(() -> DatabaseSettings.comment(scope));
    }
    pages.of(listed, eventTrigger.negate(), page -> Comments.on(scope, page));
    pages.of(tables, n -> true, page -> Comments.on(scope, identities(page), of(graph)));
    largeObjects.forEach(run -> pages.add(() -> OfLargeObjects.comments(scope, run)));
    pages.of(relations, n -> true, page -> Comments.onParts(scope, graph, page));
    pages.of(graph.ordered("type"), n -> true, page -> Comments.onPartsOfTypes(scope, graph, page));
    if (SecurityLabels.any(scope)) {
      pages.of(listed, eventTrigger.negate(), page -> SecurityLabels.on(scope, page));
      largeObjects.forEach(run -> pages.add(() -> SecurityLabels.onLargeObjects(scope, run)));
      if (scope.whole()) {
        pages.add(() -> SecurityLabels.onOthers(scope, graph));
        pages.add(() -> SecurityLabels.onDatabase(scope));
      }
    }
    pages.of(all, last.and(eventTrigger), page -> definitions(graph, page));
    pages.of(listed, eventTrigger, page -> Owners.of(scope, page));
    pages.of(listed, eventTrigger, page -> Comments.on(scope, page));
    pages.of(listed, eventTrigger, page -> SecurityLabels.on(scope, page));
    return roles ? pages.stream().map(SchemaObjects::needingRoles) : pages.stream();
  }

  /** The definitions of some kinds alone, as {@link #objects} has them. */
  public Stream<SchemaObject> ofKinds(Set<String> words) {
    Graph graph = graph();
    Pages pages = new Pages(new Tablespaces(scope.query()));
    pages.of(
        graph.ordered(),
        node -> words.contains(node.kind().word()),
        page -> definitions(graph, page));
    return pages.stream();
  }

  private List<Node> identities(List<Node> tables) {
    return IdentitySequences.of(scope, tables);
  }

  /** A part of a table is there with its table. */
  private static Function<Node, String> of(Graph graph) {
    return part -> graph.relation(part.relation()).id();
  }

  /** A definition that names roles needs them, where they are taken. */
  private static SchemaObject needingRoles(SchemaObject object) {
    Optional<String> named = object.attribute(Attributes.ROLES);
    if (named.isEmpty()) {
      return object;
    }
    List<String> needs = new ArrayList<>(object.dependencies());
    Attributes.elements(named.get()).stream()
        .filter(role -> !role.startsWith("pg_")) // every server has its own
        .forEach(role -> needs.add(ClusterRoles.idOf(role)));
    return object.withDependencies(needs);
  }

  private static boolean ofKind(Node node, String word) {
    return node.kind().word().equals(word);
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

  /** Whether the whole database is taken, and people made anything in it. */
  public boolean standAlone() {
    return scope.whole()
        && graph().ordered().stream()
            .anyMatch(node -> Kinds.ALL.contains(node.kind()) && !isOfNewDatabase(node));
  }

  /** Such as the schema public: ids below are given by initdb (access/transam.h). */
  private static boolean isOfNewDatabase(Node node) {
    return Integer.compareUnsigned(node.oid(), 16384) < 0;
  }

  /** What the database holds and the objects do not carry: kind in the plural, to how many. */
  public SortedMap<String, Long> notCarried() {
    return NotCarried.count(scope, roles);
  }

  /** What the database holds beside the part that is taken, as far as it was not left by name. */
  public List<Catalogue.LeftOut> leftOut() {
    return LeftBehind.of(scope, graph());
  }

  /**
   * Makes sure, once the objects are listed, that the state of their sequences may be read.
   *
   * @throws dev.godwit.spi.error.GodwitException {@code FAILED} where it may not
   */
  public void requireState() {
    SequenceRights.require(scope, sequences);
  }

  /**
   * The state of the sequences among the objects, read on a connection outside the run's snapshot
   * (sequences are not transactional), after the data.
   *
   * @param warnings told what of it cannot be read
   */
  public List<SchemaObject> state(Connection after, Consumer<String> warnings) {
    List<SequenceState.Found> found =
        sequences == null ? SequenceState.find(scope, graph()) : sequences;
    return SequenceState.read(scope, found, new CatalogueQuery(after), warnings);
  }
}
