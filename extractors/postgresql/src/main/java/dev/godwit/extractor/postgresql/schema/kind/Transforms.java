package dev.godwit.extractor.postgresql.schema.kind;

import dev.godwit.extractor.postgresql.schema.graph.Catalog;
import dev.godwit.extractor.postgresql.schema.graph.Kind;
import dev.godwit.extractor.postgresql.schema.graph.Scope;
import dev.godwit.spi.dataset.SchemaObject.Phase;

/** Transforms: how a type is handed to a language and back. */
final class Transforms {
  private Transforms() {}

  static final Kind KIND =
      Kind.ofQuery(
          "transform",
          "TRANSFORM",
          Catalog.TRANSFORM,
          Phase.BEFORE_DATA,
          query ->
              """
              select r.oid, null::text as schema, t.text as name, t.text as quoted,
                0 as relation, 0 as since,
                'CREATE TRANSFORM ' || t.text || ' (' || concat_ws(', ',
                  case when r.trffromsql <> 0
                    then 'FROM SQL WITH FUNCTION ' || r.trffromsql::regprocedure::text end,
                  case when r.trftosql <> 0
                    then 'TO SQL WITH FUNCTION ' || r.trftosql::regprocedure::text end)
                || ')' as definition
              from pg_transform r
              join pg_language l on l.oid = r.trflang
              cross join lateral (select 'FOR ' || format_type(r.trftype, null) || ' LANGUAGE '
                || quote_ident(l.lanname) as text) t
              where
              """
                  + Scope.madeByUsersAnywhere("pg_transform", "r.oid"));
}
