package dev.godwit.extractor.postgresql.schema.kind;

import dev.godwit.extractor.postgresql.schema.graph.Catalog;
import dev.godwit.extractor.postgresql.schema.graph.Kind;
import dev.godwit.extractor.postgresql.schema.graph.Scope;
import dev.godwit.spi.dataset.SchemaObject.Phase;

/** Enums, their labels in order. */
final class EnumTypes {
  private EnumTypes() {}

  static final Kind KIND =
      Kind.ofQuery(
          "type",
          "TYPE",
          Catalog.TYPE,
          Phase.BEFORE_DATA,
          query ->
              """
              select t.oid, n.nspname as schema, t.typname as name,
                quote_ident(n.nspname) || '.' || quote_ident(t.typname) as quoted,
                0 as relation, 0 as since,
                'CREATE TYPE ' || quote_ident(n.nspname) || '.' || quote_ident(t.typname)
                  || ' AS ENUM (' || coalesce(
                    (select string_agg(quote_literal(l.enumlabel), ', ' order by l.enumsortorder)
                     from pg_enum l where l.enumtypid = t.oid), '') || ')' as definition
              from pg_type t join pg_namespace n on n.oid = t.typnamespace
              where t.typtype = 'e' and
              """
                  + Scope.madeByUsers("pg_type", "t.oid"));
}
