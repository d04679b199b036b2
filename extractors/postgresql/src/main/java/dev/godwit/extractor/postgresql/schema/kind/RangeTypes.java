package dev.godwit.extractor.postgresql.schema.kind;

import dev.godwit.extractor.postgresql.schema.graph.Catalog;
import dev.godwit.extractor.postgresql.schema.graph.CatalogueQuery;
import dev.godwit.extractor.postgresql.schema.graph.Kind;
import dev.godwit.extractor.postgresql.schema.graph.Scope;
import dev.godwit.spi.dataset.SchemaObject.Phase;

/** Ranges, with the names of their multiranges. */
final class RangeTypes {
  private RangeTypes() {}

  static final Kind KIND =
      Kind.ofQuery("type", "TYPE", Catalog.TYPE, Phase.BEFORE_DATA, RangeTypes::select);

  private static String select(CatalogueQuery query) {
    return """
        select t.oid, n.nspname as schema, t.typname as name,
          quote_ident(n.nspname) || '.' || quote_ident(t.typname) as quoted,
          0 as relation, %s as since,
          'CREATE TYPE ' || quote_ident(n.nspname) || '.' || quote_ident(t.typname) || ' AS RANGE ('
          || e'\\n  subtype = ' || format_type(r.rngsubtype, null)
          || coalesce(e',\\n  multirange_type_name = ' || (%s), '')
          || case when o.opcdefault then '' else e',\\n  subtype_opclass = '
               || quote_ident(opn.nspname) || '.' || quote_ident(o.opcname) end
          || case when r.rngcollation = s.typcollation then '' else e',\\n  collation = '
               || quote_ident(cn.nspname) || '.' || quote_ident(co.collname) end
          || case when r.rngcanonical = 0 then ''
               else e',\\n  canonical = ' || r.rngcanonical::text end
          || case when r.rngsubdiff = 0 then ''
               else e',\\n  subtype_diff = ' || r.rngsubdiff::text end
          || e'\\n)' as definition
        from pg_range r
        join pg_type t on t.oid = r.rngtypid
        join pg_namespace n on n.oid = t.typnamespace
        join pg_type s on s.oid = r.rngsubtype
        join pg_opclass o on o.oid = r.rngsubopc
        join pg_namespace opn on opn.oid = o.opcnamespace
        left join pg_collation co on co.oid = r.rngcollation
        left join pg_namespace cn on cn.oid = co.collnamespace
        where
        """
            .formatted(
                query.since(14, "14", "0"),
                query.since(
                    14,
                    "select quote_ident(mn.nspname) || '.' || quote_ident(m.typname) from pg_type m"
                        + " join pg_namespace mn on mn.oid = m.typnamespace"
                        + " where m.oid = r.rngmultitypid",
                    "null::text"))
        + " "
        + Scope.madeByUsers("pg_type", "t.oid");
  }
}
