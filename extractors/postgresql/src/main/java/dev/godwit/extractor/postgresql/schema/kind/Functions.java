package dev.godwit.extractor.postgresql.schema.kind;

import dev.godwit.extractor.postgresql.schema.graph.Attributes;
import dev.godwit.extractor.postgresql.schema.graph.Catalog;
import dev.godwit.extractor.postgresql.schema.graph.CatalogueQuery;
import dev.godwit.extractor.postgresql.schema.graph.Definition;
import dev.godwit.extractor.postgresql.schema.graph.Kind;
import dev.godwit.extractor.postgresql.schema.graph.Node;
import dev.godwit.extractor.postgresql.schema.graph.Scope;
import dev.godwit.spi.dataset.SchemaObject.Phase;
import java.util.List;
import java.util.Map;

/** Functions, window functions among them, and procedures. */
final class Functions {
  private Functions() {}

  static final Kind KIND = kind("function", "FUNCTION", "'f', 'w'");
  static final Kind PROCEDURES = kind("procedure", "PROCEDURE", "'p'");

  private static Kind kind(String word, String keyword, String letters) {
    return new Kind(
        word,
        keyword,
        Catalog.PROC,
        Phase.BEFORE_DATA,
        (scope, kind) -> Node.list(scope, kind, select(scope.query(), letters)),
        (scope, graph, nodes) -> define(scope, nodes));
  }

  static String select(CatalogueQuery query, String letters) {
    String wanted =
        query.since(
            11, "p.prokind in (" + letters + ")", letters.contains("f") ? "not proisagg" : "false");
    String arguments = Spelling.ofFunction(query, "pg_get_function_identity_arguments(p.oid)");
    return """
        select p.oid, n.nspname as schema,
          p.proname || '(' || pg_get_function_identity_arguments(p.oid) || ')' as name,
          quote_ident(n.nspname) || '.' || quote_ident(p.proname) || '(' || %s || ')' as quoted,
          0 as relation
        from pg_proc p join pg_namespace n on n.oid = p.pronamespace
        where
        """
            .formatted(arguments)
        + " "
        + wanted
        + " and "
        + Scope.madeByUsers("pg_proc", "p.oid")
        // The functions that a range type makes for itself come with the type.
        + " and not exists (select from pg_depend i where i.classid = 'pg_proc'::regclass"
        + " and i.objid = p.oid and i.deptype = 'i')";
  }

  private static Map<Integer, Definition> define(Scope scope, List<Node> nodes) {
    String callsItself =
        scope
            .query()
            .since(
                14,
                "case when strpos(pg_get_function_sqlbody(p.oid), (select quote_ident(n.nspname)"
                    + " || '.' || quote_ident(p.proname) || '(' from pg_namespace n"
                    + " where n.oid = p.pronamespace)) > 0 then "
                    + Spelling.ofFunction(scope.query(), FunctionStubs.TEXT)
                    + " end",
                "null::text");
    String atomic = scope.query().since(14, "case when prosqlbody is null then 0 else 14 end", "0");
    return scope
        .query()
        .map(
            "select oid, oid::regprocedure::text as signature, "
                + Spelling.ofFunction(scope.query(), "pg_get_functiondef(p.oid)")
                + " as text, "
                + atomic
                + " as since, "
                + callsItself
                + " as stub from pg_proc p where oid = any(?)",
            row -> {
              Map<String, String> attributes = new java.util.TreeMap<>();
              attributes.put(Attributes.SIGNATURE, row.getString("signature"));
              if (row.getInt("since") > 0) {
                attributes.put(Attributes.SINCE, row.getString("since"));
              }
              String text = CatalogueQuery.spelt(row, "text").stripTrailing();
              String stub = row.getString("stub");
              return new Definition(stub == null ? text : stub + ";\n" + text, attributes);
            },
            nodes.stream().map(Node::oid).toList());
  }
}
