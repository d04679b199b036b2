package dev.godwit.extractor.postgresql.schema.kind;

import dev.godwit.extractor.postgresql.schema.graph.Catalog;
import dev.godwit.extractor.postgresql.schema.graph.Kind;
import dev.godwit.extractor.postgresql.schema.graph.Scope;
import dev.godwit.spi.dataset.SchemaObject.Phase;

/** Access methods of tables and indexes that no extension brings. */
final class AccessMethods {
  private AccessMethods() {}

  static final Kind KIND =
      Kind.ofQuery(
          "access method",
          "ACCESS METHOD",
          Catalog.ACCESS_METHOD,
          Phase.BEFORE_DATA,
          query ->
              """
              select a.oid, null::text as schema, a.amname as name, quote_ident(a.amname) as quoted,
                0 as relation, case when a.amtype = 't' then 12 else 0 end as since,
                'CREATE ACCESS METHOD ' || quote_ident(a.amname) || ' TYPE '
                || case a.amtype when 't' then 'TABLE' else 'INDEX' end
                || ' HANDLER ' || a.amhandler::text as definition
              from pg_am a where
              """
                  + Scope.madeByUsersAnywhere("pg_am", "a.oid"));
}
