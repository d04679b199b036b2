package dev.godwit.extractor.postgresql.schema.kind;

import static dev.godwit.extractor.postgresql.schema.graph.CatalogueQuery.oid;

import dev.godwit.extractor.postgresql.schema.graph.Catalog;
import dev.godwit.extractor.postgresql.schema.graph.CatalogueQuery;
import dev.godwit.extractor.postgresql.schema.graph.Graph;
import dev.godwit.extractor.postgresql.schema.graph.Kind;
import dev.godwit.extractor.postgresql.schema.graph.Node;
import dev.godwit.extractor.postgresql.schema.graph.Scope;
import dev.godwit.spi.dataset.SchemaObject.Phase;
import java.util.HashMap;
import java.util.Map;

/** Defaults of columns that are said apart: those in a circle, and those of views. */
final class ColumnDefaults {
  private ColumnDefaults() {}

  private static String select(CatalogueQuery query) {
    return """
        select f.oid, n.nspname as schema, c.relname || '.' || a.attname as name,
          quote_ident(n.nspname) || '.' || quote_ident(c.relname) || '.' || quote_ident(a.attname)
            as quoted,
          c.oid as relation, 0 as since, c.relkind,
          'ALTER TABLE ONLY ' || quote_ident(n.nspname) || '.' || quote_ident(c.relname)
          || ' ALTER COLUMN ' || quote_ident(a.attname) || ' SET DEFAULT '
          || pg_get_expr(f.adbin, f.adrelid) as definition
        from pg_attrdef f
        join pg_class c on c.oid = f.adrelid
        join pg_namespace n on n.oid = c.relnamespace
        join pg_attribute a on a.attrelid = f.adrelid and a.attnum = f.adnum
        where
        """
        + " "
        + query.since(12, "a.attgenerated = '' and ", "")
        + Scope.madeByUsers("pg_class", "c.oid");
  }

  static final Kind KIND =
      Kind.ofQuery("default", "COLUMN", Catalog.ATTRDEF, Phase.BEFORE_DATA, ColumnDefaults::select);

  /** Statements that follow the definition of views, each with a semicolon before it. */
  static Map<Integer, String> of(Scope scope, Graph graph, Map<Integer, Node> views) {
    Map<Integer, String> defaults = new HashMap<>();
    scope
        .query()
        .list(
            "select oid, relation, definition from ("
                + select(scope.query())
                + ") kind where relkind = 'v' and relation = any(?) order by quoted",
            row ->
                graph.isApart(Catalog.ATTRDEF, oid(row, "oid"))
                    ? null
                    : defaults.merge(
                        oid(row, "relation"), ";\n" + row.getString("definition"), String::concat),
            views.keySet());
    return defaults;
  }
}
