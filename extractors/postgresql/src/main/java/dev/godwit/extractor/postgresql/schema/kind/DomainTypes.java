package dev.godwit.extractor.postgresql.schema.kind;

import static dev.godwit.extractor.postgresql.schema.graph.CatalogueQuery.oid;

import dev.godwit.extractor.postgresql.schema.graph.Catalog;
import dev.godwit.extractor.postgresql.schema.graph.CatalogueQuery;
import dev.godwit.extractor.postgresql.schema.graph.Definition;
import dev.godwit.extractor.postgresql.schema.graph.Graph;
import dev.godwit.extractor.postgresql.schema.graph.Kind;
import dev.godwit.extractor.postgresql.schema.graph.Node;
import dev.godwit.extractor.postgresql.schema.graph.Scope;
import dev.godwit.spi.dataset.SchemaObject.Phase;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Domains, with their constraints. */
final class DomainTypes {
  private DomainTypes() {}

  static final Kind KIND =
      new Kind(
          "type",
          "DOMAIN",
          Catalog.TYPE,
          Phase.BEFORE_DATA,
          (scope, kind) ->
              Node.list(
                  scope,
                  kind,
                  """
                  select t.oid, n.nspname as schema, t.typname as name, 0 as relation,
                    quote_ident(n.nspname) || '.' || quote_ident(t.typname) as quoted
                  from pg_type t join pg_namespace n on n.oid = t.typnamespace
                  where t.typtype = 'd' and
                  """
                      + Scope.madeByUsers("pg_type", "t.oid")),
          DomainTypes::define);

  private static Map<Integer, Definition> define(Scope scope, Graph graph, List<Node> nodes) {
    List<Integer> ids = nodes.stream().map(Node::oid).toList();
    Map<Integer, String> heads = heads(scope.query(), ids);
    Map<Integer, String> quoted = new HashMap<>();
    nodes.forEach(node -> quoted.put(node.oid(), node.quoted()));
    Map<Integer, String> later = new HashMap<>();
    scope
        .query()
        .list(
            """
            select contypid, oid, quote_ident(conname) as conname, convalidated,
                   pg_get_constraintdef(oid) as definition
            from pg_constraint where contype = 'c' and contypid = any(?) order by contypid, conname
            """,
            row -> {
              int type = oid(row, "contypid");
              String text =
                  " CONSTRAINT " + row.getString("conname") + " " + row.getString("definition");
              if (graph.isApart(Catalog.CONSTRAINT, oid(row, "oid"))) {
                return null;
              }
              return row.getBoolean("convalidated")
                  ? heads.merge(type, "\n " + text, String::concat)
                  : later.merge(
                      type, ";\nALTER DOMAIN " + quoted.get(type) + " ADD" + text, String::concat);
            },
            ids);
    Map<Integer, Definition> definitions = new HashMap<>();
    for (Node node : nodes) {
      definitions.put(
          node.oid(),
          new Definition(
              "CREATE DOMAIN "
                  + node.quoted()
                  + heads.get(node.oid())
                  + later.getOrDefault(node.oid(), "")));
    }
    return definitions;
  }

  private static Map<Integer, String> heads(CatalogueQuery query, List<Integer> ids) {
    return query.map(
        """
        select t.oid, format_type(t.typbasetype, t.typtypmod) as base, t.typnotnull,
          pg_get_expr(t.typdefaultbin, 0) as value,
          case when t.typcollation <> b.typcollation
               then ' COLLATE ' || quote_ident(cn.nspname) || '.' || quote_ident(co.collname)
               else '' end as collation, %s as notnull
        from pg_type t
        join pg_type b on b.oid = t.typbasetype
        left join pg_collation co on co.oid = t.typcollation
        left join pg_namespace cn on cn.oid = co.collnamespace
        where t.oid = any(?)
        """
            .formatted(
                query.since(
                    17,
                    "(select quote_ident(k.conname) from pg_constraint k"
                        + " where k.contypid = t.oid and k.contype = 'n')",
                    "null::text")),
        row ->
            " AS "
                + row.getString("base")
                + row.getString("collation")
                + (row.getString("notnull") == null
                    ? ""
                    : " CONSTRAINT " + row.getString("notnull"))
                + (row.getBoolean("typnotnull") ? " NOT NULL" : "")
                + (row.getString("value") == null ? "" : " DEFAULT " + row.getString("value")),
        ids);
  }
}
