package dev.godwit.extractor.postgresql.schema.kind;

import dev.godwit.extractor.postgresql.schema.graph.Catalog;
import dev.godwit.extractor.postgresql.schema.graph.CatalogueQuery;
import dev.godwit.extractor.postgresql.schema.graph.Definition;
import dev.godwit.extractor.postgresql.schema.graph.Kind;
import dev.godwit.extractor.postgresql.schema.graph.Node;
import dev.godwit.extractor.postgresql.schema.graph.Scope;
import dev.godwit.spi.dataset.SchemaObject.Phase;
import java.util.List;
import java.util.Map;

/**
 * Subscriptions, disabled: a copy must not take the changes that its source waits for. Where it
 * connects to may hold a password and is carried with secrets only, and with it the name of the
 * slot: without a connection that would say nothing.
 */
final class Subscriptions {
  private Subscriptions() {}

  static final Kind KIND =
      new Kind(
          "subscription",
          "SUBSCRIPTION",
          Catalog.SUBSCRIPTION,
          Phase.LAST,
          (scope, kind) -> Node.list(scope, kind, list()),
          (scope, graph, nodes) -> define(scope, nodes));

  private static String list() {
    return """
        select s.oid, null::text as schema, s.subname as name, quote_ident(s.subname) as quoted,
          0 as relation
        from pg_subscription s
        where s.subdbid = (select oid from pg_database where datname = current_database())
        """;
  }

  /** Which server understands what is said of a subscription. */
  private static String since(CatalogueQuery query) {
    return "case when "
        + query.since(17, "subfailover", "false")
        + " then 17 when "
        + query.since(
            16,
            "substream = 'p' or not subpasswordrequired or subrunasowner or suborigin <> 'any'",
            "false")
        + " then 16 when "
        + query.since(15, "subtwophasestate <> 'd' or subdisableonerr", "false")
        + " then 15 else 0 end";
  }

  private static Map<Integer, Definition> define(Scope scope, List<Node> nodes) {
    CatalogueQuery query = scope.query();
    String options =
        query.since(14, "|| case when subbinary then ', binary = true' else '' end", "")
            + query.since(
                16,
                "|| case substream when 't' then ', streaming = on'"
                    + " when 'p' then ', streaming = parallel' else ', streaming = off' end",
                query.since(
                    14,
                    "|| case when substream then ', streaming = on' else ', streaming = off' end",
                    ""))
            + query.since(
                15,
                "|| case when subtwophasestate <> 'd' then ', two_phase = on' else '' end"
                    + " || case when subdisableonerr then ', disable_on_error = true' else '' end",
                "")
            + query.since(
                16,
                "|| case when not subpasswordrequired then ', password_required = false'"
                    + " else '' end"
                    + " || case when subrunasowner then ', run_as_owner = true' else '' end"
                    + " || case when suborigin <> 'any' then ', origin = '"
                    + " || quote_literal(suborigin) else '' end",
                "")
            + query.since(17, "|| case when subfailover then ', failover = true' else '' end", "");
    return query.map(
        """
        select oid, 'CREATE SUBSCRIPTION ' || quote_ident(subname) || ' CONNECTION '
          || quote_literal(%s) || ' PUBLICATION '
          || (select string_agg(quote_ident(p), ', ') from unnest(subpublications) p)
          || ' WITH (connect = false, slot_name = ' || %s || ', enabled = false, synchronous_commit = '
          || quote_literal(subsynccommit) %s || ')' as definition, %s as since
        from pg_subscription where oid = any(?)
        """
            .formatted(
                scope.secrets() ? "subconninfo" : "''",
                scope.secrets() ? "coalesce(quote_literal(subslotname), 'NONE')" : "'NONE'",
                options,
                since(query)),
        row -> Definition.since(row.getInt("since"), row.getString("definition")),
        nodes.stream().map(Node::oid).toList());
  }
}
