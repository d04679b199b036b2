package dev.godwit.extractor.postgresql.schema.kind;

import dev.godwit.extractor.postgresql.schema.graph.Catalog;
import dev.godwit.extractor.postgresql.schema.graph.Kind;
import dev.godwit.extractor.postgresql.schema.graph.Scope;
import dev.godwit.spi.dataset.SchemaObject.Phase;

/** Extended statistics: what the server is to gather, not what it has gathered. */
final class Statistics {
  private Statistics() {}

  static final Kind KIND =
      Kind.ofQuery(
          "statistics",
          "STATISTICS",
          Catalog.STATISTIC_EXT,
          Phase.LAST,
          query ->
              """
              select s.oid, n.nspname as schema, s.stxname as name,
                quote_ident(n.nspname) || '.' || quote_ident(s.stxname) as quoted,
                s.stxrelid as relation, 0 as since,
                pg_get_statisticsobjdef(s.oid)
              """
                  + query.since(
                      13,
                      " || case when coalesce(s.stxstattarget, -1) >= 0 then e';\\nALTER STATISTICS '"
                          + " || quote_ident(n.nspname) || '.' || quote_ident(s.stxname)"
                          + " || ' SET STATISTICS ' || s.stxstattarget else '' end",
                      "")
                  + " as definition from pg_statistic_ext s"
                  + " join pg_namespace n on n.oid = s.stxnamespace where "
                  + Scope.madeByUsers("pg_statistic_ext", "s.oid"));
}
