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
import java.util.TreeMap;

/**
 * User mappings. Any option but the user's name may be a secret, whatever its wrapper calls it: the
 * others are carried only where secrets are asked for.
 */
final class UserMappings {
  private UserMappings() {}

  private static final String SELECT =
      """
      select m.umid as oid, null::text as schema, t.text as name, t.text as quoted,
        0 as relation,
        case when m.umuser <> 0 then array[m.usename]::text end as roles,
        'CREATE USER MAPPING ' || t.text || %s as definition
      from pg_user_mappings m
      cross join lateral (select 'FOR ' || case when m.umuser = 0 then 'PUBLIC'
        else quote_ident(m.usename) end || ' SERVER ' || quote_ident(m.srvname) as text) t
      where m.umid >= 16384
      """;

  static final Kind KIND =
      new Kind(
          "user mapping",
          "USER MAPPING",
          Catalog.USER_MAPPING,
          Phase.BEFORE_DATA,
          (scope, kind) -> Node.list(scope, kind, SELECT.formatted("''")),
          (scope, graph, nodes) -> define(scope, nodes));

  /** The options that are carried. */
  private static String options(Scope scope) {
    return scope.secrets()
        ? "m.umoptions"
        : "(select array_agg(u) from unnest(m.umoptions) u where u ~ '^user(name)?=')";
  }

  private static Map<Integer, Definition> define(Scope scope, List<Node> nodes) {
    return scope
        .query()
        .map(
            "select oid, roles, definition from ("
                + SELECT.formatted(ForeignData.options(options(scope)))
                + ") kind where oid = any(?)",
            row -> {
              Map<String, String> attributes = new TreeMap<>();
              if (row.getString("roles") != null) {
                attributes.put(Attributes.ROLES, row.getString("roles"));
              }
              return new Definition(row.getString("definition"), attributes);
            },
            nodes.stream().map(Node::oid).toList());
  }
}
