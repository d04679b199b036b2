package dev.godwit.extractor.postgresql.schema.kind;

import dev.godwit.extractor.postgresql.schema.graph.Catalog;
import dev.godwit.extractor.postgresql.schema.graph.Kind;
import dev.godwit.extractor.postgresql.schema.graph.Scope;
import dev.godwit.spi.dataset.SchemaObject.Phase;

/** Languages that no extension brings. */
final class Languages {
  private Languages() {}

  static final Kind KIND =
      Kind.ofQuery(
          "language",
          "LANGUAGE",
          Catalog.LANGUAGE,
          Phase.BEFORE_DATA,
          query ->
              """
              select l.oid, null::text as schema, l.lanname as name, quote_ident(l.lanname) as quoted,
                0 as relation, 0 as since,
                'CREATE ' || case when l.lanpltrusted then 'TRUSTED ' else '' end || 'LANGUAGE '
                || quote_ident(l.lanname) || ' HANDLER ' || l.lanplcallfoid::regproc::text
                || case when l.laninline = 0 then ''
                     else ' INLINE ' || l.laninline::regproc::text end
                || case when l.lanvalidator = 0 then ''
                     else ' VALIDATOR ' || l.lanvalidator::regproc::text end as definition
              from pg_language l where l.lanispl and
              """
                  + Scope.madeByUsersAnywhere("pg_language", "l.oid"));
}
