package dev.godwit.extractor.postgresql.schema.kind;

import static dev.godwit.extractor.postgresql.schema.graph.CatalogueQuery.oid;

import dev.godwit.extractor.postgresql.schema.graph.Attributes;
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

/**
 * Views. One that takes part in a circle is made of nulls of its columns' types first; what it
 * really shows, its body, comes once everything that it needs is there.
 */
final class Views {
  private Views() {}

  /** Relations of a letter of {@code relkind}, as nodes. */
  static String select(char relkind) {
    return """
        select c.oid, n.nspname as schema, c.relname as name,
          quote_ident(n.nspname) || '.' || quote_ident(c.relname) as quoted, 0 as relation
        from pg_class c join pg_namespace n on n.oid = c.relnamespace
        where c.relkind = '%s' and c.relpersistence <> 't' and
        """
            .formatted(relkind)
        + Scope.madeByUsers("pg_class", "c.oid");
  }

  static final Kind KIND =
      new Kind(
          "view",
          "VIEW",
          Catalog.CLASS,
          Phase.BEFORE_DATA,
          (scope, kind) -> Node.list(scope, kind, select('v')),
          Views::define);

  private static final String OPTIONS =
      """
      coalesce((select e'\\nWITH (' || string_agg(split_part(o, '=', 1) || '='
           || quote_literal(substr(o, strpos(o, '=') + 1)), ', ') || ')'
         from unnest(c.reloptions) o having count(*) > 0), '')
      """;

  private static String since(CatalogueQuery query) {
    return query.since(
        15, "case when c.reloptions::text like '%security_invoker%' then 15 else 0 end", "0");
  }

  /** What a view shows, where it was made of nulls first. */
  static final Kind BODIES =
      Kind.ofQuery(
          "view body",
          "VIEW",
          Catalog.REWRITE,
          Phase.BEFORE_DATA,
          query ->
              """
              select r.oid, n.nspname as schema, c.relname as name,
                quote_ident(n.nspname) || '.' || quote_ident(c.relname) as quoted, 0 as relation,
              """
                  + since(query)
                  + " as since, 'CREATE OR REPLACE VIEW ' || quote_ident(n.nspname) || '.'"
                  + " || quote_ident(c.relname) || "
                  + OPTIONS
                  + """
                   || e' AS\\n' || rtrim(pg_get_viewdef(c.oid), ';') as definition
                  from pg_rewrite r
                  join pg_class c on c.oid = r.ev_class
                  join pg_namespace n on n.oid = c.relnamespace
                  where r.rulename = '_RETURN' and c.relkind = 'v' and
                  """
                  + Scope.madeByUsers("pg_class", "c.oid"));

  private static Map<Integer, Definition> define(Scope scope, Graph graph, List<Node> nodes) {
    Map<Integer, Node> byId = new HashMap<>();
    nodes.forEach(node -> byId.put(node.oid(), node));
    Map<Integer, String> defaults = ColumnDefaults.of(scope, graph, byId);
    return scope
        .query()
        .map(
            """
            select c.oid, r.oid as rule, %s as since, %s as options,
              rtrim(pg_get_viewdef(c.oid), ';') as text,
              (select string_agg('NULL::' || format_type(a.atttypid, a.atttypmod)
                 || case when a.attcollation <> t.typcollation then ' COLLATE '
                      || quote_ident(cn.nspname) || '.' || quote_ident(co.collname) else '' end
                 || ' AS ' || quote_ident(a.attname), e',\\n  ' order by a.attnum)
               from pg_attribute a join pg_type t on t.oid = a.atttypid
               left join pg_collation co on co.oid = a.attcollation
               left join pg_namespace cn on cn.oid = co.collnamespace
               where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped) as nulls
            from pg_class c
            join pg_rewrite r on r.ev_class = c.oid and r.rulename = '_RETURN'
            where c.oid = any(?)
            """
                .formatted(since(scope.query()), OPTIONS),
            row -> {
              Node view = byId.get(oid(row, "oid"));
              boolean apart = graph.isApart(Catalog.REWRITE, oid(row, "rule"));
              Map<String, String> attributes = Attributes.making(view.schema(), view.name());
              if (row.getInt("since") > 0) {
                attributes.put(Attributes.SINCE, row.getString("since"));
              }
              return new Definition(
                  "CREATE VIEW "
                      + view.quoted()
                      + (apart
                          ? " AS\nSELECT\n  " + row.getString("nulls")
                          : row.getString("options") + " AS\n" + row.getString("text"))
                      + defaults.getOrDefault(view.oid(), ""),
                  attributes);
            },
            byId.keySet());
  }
}
