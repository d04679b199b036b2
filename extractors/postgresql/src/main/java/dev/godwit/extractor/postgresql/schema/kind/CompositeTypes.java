package dev.godwit.extractor.postgresql.schema.kind;

import dev.godwit.extractor.postgresql.schema.graph.Catalog;
import dev.godwit.extractor.postgresql.schema.graph.Kind;
import dev.godwit.extractor.postgresql.schema.graph.Scope;
import dev.godwit.spi.dataset.SchemaObject.Phase;

/** Composite types that are no table's row. */
final class CompositeTypes {
  private CompositeTypes() {}

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
                'CREATE TYPE ' || quote_ident(n.nspname) || '.' || quote_ident(t.typname) || ' AS ('
                || coalesce((
                  select string_agg(e'\\n  ' || quote_ident(a.attname) || ' '
                      || format_type(a.atttypid, a.atttypmod)
                      || case when a.attcollation <> f.typcollation
                           then ' COLLATE ' || quote_ident(cn.nspname) || '.'
                             || quote_ident(co.collname)
                           else '' end, ',' order by a.attnum)
                  from pg_attribute a
                  join pg_type f on f.oid = a.atttypid
                  left join pg_collation co on co.oid = a.attcollation
                  left join pg_namespace cn on cn.oid = co.collnamespace
                  where a.attrelid = t.typrelid and a.attnum > 0 and not a.attisdropped), '')
                || ')' as definition
              from pg_type t
              join pg_namespace n on n.oid = t.typnamespace
              join pg_class c on c.oid = t.typrelid and c.relkind = 'c'
              where t.typtype = 'c' and
              """
                  + Scope.madeByUsers("pg_type", "t.oid")
                  + " and "
                  + Scope.notOfExtension("pg_class", "t.typrelid"));
}
