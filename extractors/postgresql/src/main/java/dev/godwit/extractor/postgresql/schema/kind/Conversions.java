package dev.godwit.extractor.postgresql.schema.kind;

import dev.godwit.extractor.postgresql.schema.graph.Catalog;
import dev.godwit.extractor.postgresql.schema.graph.Kind;
import dev.godwit.extractor.postgresql.schema.graph.Scope;
import dev.godwit.spi.dataset.SchemaObject.Phase;

/** Conversions between encodings. */
final class Conversions {
  private Conversions() {}

  static final Kind KIND =
      Kind.ofQuery(
          "conversion",
          "CONVERSION",
          Catalog.CONVERSION,
          Phase.BEFORE_DATA,
          query ->
              """
              select c.oid, n.nspname as schema, c.conname as name,
                quote_ident(n.nspname) || '.' || quote_ident(c.conname) as quoted,
                0 as relation, 0 as since,
                'CREATE ' || case when c.condefault then 'DEFAULT ' else '' end || 'CONVERSION '
                || quote_ident(n.nspname) || '.' || quote_ident(c.conname) || ' FOR '
                || quote_literal(pg_encoding_to_char(c.conforencoding)) || ' TO '
                || quote_literal(pg_encoding_to_char(c.contoencoding)) || ' FROM '
                || c.conproc::text as definition
              from pg_conversion c join pg_namespace n on n.oid = c.connamespace
              where
              """
                  + Scope.madeByUsers("pg_conversion", "c.oid"));
}
