package dev.godwit.extractor.postgresql.schema.kind;

import static dev.godwit.extractor.postgresql.schema.graph.CatalogueQuery.oid;

import dev.godwit.extractor.postgresql.schema.graph.Attributes;
import dev.godwit.extractor.postgresql.schema.graph.Catalog;
import dev.godwit.extractor.postgresql.schema.graph.Definition;
import dev.godwit.extractor.postgresql.schema.graph.Graph;
import dev.godwit.extractor.postgresql.schema.graph.Kind;
import dev.godwit.extractor.postgresql.schema.graph.Node;
import dev.godwit.extractor.postgresql.schema.graph.Scope;
import dev.godwit.spi.dataset.SchemaObject;
import dev.godwit.spi.dataset.SchemaObject.Phase;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Materialised views: made empty, and filled after the data, each after those that it reads. */
public final class MaterializedViews {
  private MaterializedViews() {}

  static final Kind KIND =
      new Kind(
          "materialized view",
          "MATERIALIZED VIEW",
          Catalog.CLASS,
          Phase.BEFORE_DATA,
          (scope, kind) -> Node.list(scope, kind, Views.select('m')),
          (scope, graph, nodes) -> define(scope, nodes));

  private static Map<Integer, Definition> define(Scope scope, List<Node> nodes) {
    Map<Integer, Node> byId = new HashMap<>();
    nodes.forEach(node -> byId.put(node.oid(), node));
    Map<Integer, Tables.Head> heads = Tables.heads(scope.query(), List.copyOf(byId.keySet()));
    Map<Integer, List<TableColumns.Column>> columns =
        TableColumns.read(scope.query(), List.copyOf(byId.keySet()), id -> false);
    return scope
        .query()
        .map(
            "select oid, rtrim(pg_get_viewdef(oid), ';') as text from pg_class where oid = any(?)",
            row -> {
              Node view = byId.get(oid(row, "oid"));
              Tables.Head head = heads.get(view.oid());
              StringBuilder settings = new StringBuilder();
              for (TableColumns.Column column : columns.getOrDefault(view.oid(), List.of())) {
                for (String setting : column.settings()) {
                  settings
                      .append(";\nALTER TABLE ONLY ")
                      .append(view.quoted())
                      .append(" ALTER COLUMN ")
                      .append(column.name())
                      .append(' ')
                      .append(setting);
                }
              }
              return new Definition(
                  "CREATE MATERIALIZED VIEW "
                      + view.quoted()
                      + head.using()
                      + head.with()
                      + " AS\n"
                      + row.getString("text")
                      + "\nWITH NO DATA"
                      + settings,
                  Attributes.making(view.schema(), view.name()));
            },
            byId.keySet());
  }

  /** What fills those that were filled. */
  public static List<SchemaObject> fill(Scope scope, Graph graph, List<Node> views) {
    Map<Integer, Node> byId = new HashMap<>();
    views.forEach(node -> byId.put(node.oid(), node));
    return scope
        .query()
        .list(
            """
            select oid from pg_class where relispopulated and oid = any(?)
            order by array_position(?, oid)
            """,
            row -> {
              Node view = byId.get(oid(row, "oid"));
              return new SchemaObject(
                  "rows of " + view.id(),
                  "rows of materialized view",
                  view.path(scope),
                  "REFRESH MATERIALIZED VIEW " + view.quoted(),
                  List.of(view.id()),
                  Phase.LAST,
                  List.of(),
                  Map.of());
            },
            byId.keySet(),
            views.stream().map(Node::oid).toList());
  }
}
