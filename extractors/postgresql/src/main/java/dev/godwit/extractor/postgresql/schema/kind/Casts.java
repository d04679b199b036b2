package dev.godwit.extractor.postgresql.schema.kind;

import dev.godwit.extractor.postgresql.schema.graph.Catalog;
import dev.godwit.extractor.postgresql.schema.graph.Kind;
import dev.godwit.extractor.postgresql.schema.graph.Scope;
import dev.godwit.spi.dataset.SchemaObject.Phase;

/** Casts. */
final class Casts {
  private Casts() {}

  static final Kind KIND =
      Kind.ofQuery(
          "cast",
          "CAST",
          Catalog.CAST,
          Phase.BEFORE_DATA,
          query ->
              """
              select c.oid, null::text as schema, t.text as name, t.text as quoted,
                0 as relation, 0 as since,
                'CREATE CAST ' || t.text || case c.castmethod
                  when 'f' then ' WITH FUNCTION ' || c.castfunc::regprocedure::text
                  when 'i' then ' WITH INOUT' else ' WITHOUT FUNCTION' end
                || case c.castcontext when 'a' then ' AS ASSIGNMENT' when 'i' then ' AS IMPLICIT'
                   else '' end as definition
              from pg_cast c
              cross join lateral (select '(' || format_type(c.castsource, null) || ' AS '
                || format_type(c.casttarget, null) || ')' as text) t
              where
              """
                  + Scope.madeByUsersAnywhere("pg_cast", "c.oid"));
}
