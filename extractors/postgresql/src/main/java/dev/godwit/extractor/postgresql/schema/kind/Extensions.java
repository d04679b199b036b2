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

/** Extensions. What they bring is theirs; their version is what the target's server offers. */
final class Extensions {
  private Extensions() {}

  private static final String SELECT =
      """
      select e.oid, null::text as schema, e.extname as name, quote_ident(e.extname) as quoted,
        0 as relation,
        'CREATE EXTENSION IF NOT EXISTS ' || quote_ident(e.extname) || ' WITH SCHEMA '
          || quote_ident(n.nspname) as definition
      from pg_extension e join pg_namespace n on n.oid = e.extnamespace
      where e.oid >= 16384
      """;

  static final Kind KIND =
      new Kind(
          "extension",
          "EXTENSION",
          Catalog.EXTENSION,
          Phase.BEFORE_DATA,
          (scope, kind) -> Node.list(scope, kind, SELECT),
          (scope, graph, nodes) -> define(scope, nodes));

  private static Map<Integer, Definition> define(Scope scope, List<Node> nodes) {
    return scope
        .query()
        .map(
            "select oid, name, definition from (" + SELECT + ") kind where oid = any(?)",
            row ->
                new Definition(
                    row.getString("definition"),
                    Map.of(Attributes.EXTENSION, row.getString("name"))),
            nodes.stream().map(Node::oid).toList());
  }
}
