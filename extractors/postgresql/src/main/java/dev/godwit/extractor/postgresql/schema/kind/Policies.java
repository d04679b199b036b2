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

/** Policies of row security. Whether it is on is said of the table ({@link TableMarks}). */
final class Policies {
  private Policies() {}

  private static final String SELECT =
      """
      select p.oid, n.nspname as schema, c.relname || '.' || p.polname as name, t.text as quoted,
        c.oid as relation,
        (select array_agg(r.rolname)::text from pg_roles r where r.oid = any(p.polroles)) as roles,
        'CREATE POLICY ' || t.text
        || case when p.polpermissive then '' else ' AS RESTRICTIVE' end
        || case p.polcmd when 'r' then ' FOR SELECT' when 'a' then ' FOR INSERT'
             when 'w' then ' FOR UPDATE' when 'd' then ' FOR DELETE' else '' end
        || case when p.polroles = '{0}' then '' else ' TO ' || (
             select string_agg(case when u.id = 0 then 'PUBLIC' else quote_ident(r.rolname) end,
               ', ' order by r.rolname)
             from unnest(p.polroles) u (id) left join pg_roles r on r.oid = u.id) end
        || coalesce(' USING (' || pg_get_expr(p.polqual, p.polrelid) || ')', '')
        || coalesce(' WITH CHECK (' || pg_get_expr(p.polwithcheck, p.polrelid) || ')', '')
          as definition
      from pg_policy p
      join pg_class c on c.oid = p.polrelid
      join pg_namespace n on n.oid = c.relnamespace
      cross join lateral (select quote_ident(p.polname) || ' ON ' || quote_ident(n.nspname) || '.'
        || quote_ident(c.relname) as text) t
      where
      """
          + Scope.madeByUsers("pg_class", "c.oid");

  static final Kind KIND =
      new Kind(
          "policy",
          "POLICY",
          Catalog.POLICY,
          Phase.LAST,
          (scope, kind) -> Node.list(scope, kind, SELECT),
          (scope, graph, nodes) -> define(scope, nodes));

  private static Map<Integer, Definition> define(Scope scope, List<Node> nodes) {
    return scope
        .query()
        .map(
            "select oid, roles, definition from (" + SELECT + ") kind where oid = any(?)",
            row ->
                new Definition(
                    row.getString("definition"),
                    row.getString("roles") == null
                        ? Map.of()
                        : Map.of(Attributes.ROLES, row.getString("roles"))),
            nodes.stream().map(Node::oid).toList());
  }
}
