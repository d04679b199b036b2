package dev.godwit.extractor.postgresql.schema.kind;

import dev.godwit.extractor.postgresql.schema.graph.Catalog;
import dev.godwit.extractor.postgresql.schema.graph.Kind;
import dev.godwit.extractor.postgresql.schema.graph.Scope;
import dev.godwit.spi.dataset.SchemaObject.Phase;

/** Checks of tables and domains that are made apart, since they are part of a circle. */
final class Checks {
  private Checks() {}

  static final Kind KIND =
      Kind.ofQuery(
          "check apart",
          "CONSTRAINT",
          Catalog.CONSTRAINT,
          Phase.BEFORE_DATA,
          query ->
              """
              select k.oid, n.nspname as schema, o.name || '.' || k.conname as name,
                quote_ident(k.conname) || ' ON ' || o.word || quote_ident(n.nspname) || '.'
                  || quote_ident(o.name) as quoted,
                k.conrelid as relation, 0 as since,
                'ALTER ' || case when k.contypid = 0 then 'TABLE ' else 'DOMAIN ' end
                || quote_ident(n.nspname) || '.' || quote_ident(o.name) || ' ADD CONSTRAINT '
                || quote_ident(k.conname) || ' ' || pg_get_constraintdef(k.oid) as definition
              from pg_constraint k
              join pg_namespace n on n.oid = k.connamespace
              left join pg_class c on c.oid = k.conrelid
              left join pg_type t on t.oid = k.contypid
              cross join lateral (select coalesce(c.relname, t.typname) as name,
                case when k.contypid = 0 then '' else 'DOMAIN ' end as word) o
              where k.contype = 'c' and (k.conislocal or c.relispartition) and
                (c.oid is null or k.convalidated) and
              """
                  + Scope.USER_SCHEMA);
}
