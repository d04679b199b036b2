package dev.godwit.extractor.postgresql.schema.kind;

import dev.godwit.extractor.postgresql.schema.graph.Attributes;
import dev.godwit.extractor.postgresql.schema.graph.Catalog;
import dev.godwit.extractor.postgresql.schema.graph.Definition;
import dev.godwit.extractor.postgresql.schema.graph.Kind;
import dev.godwit.extractor.postgresql.schema.graph.Node;
import dev.godwit.extractor.postgresql.schema.graph.Scope;
import dev.godwit.spi.dataset.SchemaObject.Phase;
import java.util.List;
import java.util.Map;

/**
 * Functions without the body that the server looks into as it is made ({@code begin atomic}), so
 * that functions can call each other.
 */
final class FunctionStubs {
  private FunctionStubs() {}

  /** A function's definition with nothing to do; the body comes last in pg_get_functiondef. */
  static final String TEXT =
      """
      left(pg_get_functiondef(p.oid), -1 - length(pg_get_function_sqlbody(p.oid))) || e'AS \\'\\''
      """;

  static final Kind KIND =
      new Kind(
          "function stub",
          "FUNCTION",
          Catalog.STUB,
          Phase.BEFORE_DATA,
          (scope, kind) ->
              scope.query().version() < 14
                  ? List.of()
                  : Node.list(
                      scope,
                      kind,
                      "select f.* from ("
                          + Functions.select(scope.query(), "'f', 'w', 'p'")
                          + ") f join pg_proc p on p.oid = f.oid where p.prosqlbody is not null"),
          (scope, graph, nodes) -> define(scope, nodes));

  private static Map<Integer, Definition> define(Scope scope, List<Node> nodes) {
    return scope
        .query()
        .map(
            "select p.oid, p.oid::regprocedure::text as signature, "
                + Spelling.ofFunction(scope.query(), TEXT)
                + " as text from pg_proc p where p.oid = any(?)",
            row ->
                new Definition(
                    row.getString("text"),
                    Map.of(
                        Attributes.SIGNATURE, row.getString("signature"), Attributes.SINCE, "14")),
            nodes.stream().map(Node::oid).toList());
  }
}
