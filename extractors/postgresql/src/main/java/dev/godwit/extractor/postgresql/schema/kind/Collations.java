package dev.godwit.extractor.postgresql.schema.kind;

import dev.godwit.extractor.postgresql.schema.graph.Catalog;
import dev.godwit.extractor.postgresql.schema.graph.CatalogueQuery;
import dev.godwit.extractor.postgresql.schema.graph.Kind;
import dev.godwit.extractor.postgresql.schema.graph.Scope;
import dev.godwit.spi.dataset.SchemaObject.Phase;

/** Collations. Their version is what the target's libraries have. */
final class Collations {
  private Collations() {}

  static final Kind KIND =
      Kind.ofQuery(
          "collation", "COLLATION", Catalog.COLLATION, Phase.BEFORE_DATA, Collations::select);

  private static String select(CatalogueQuery query) {
    return """
        select c.oid, n.nspname as schema, c.collname as name,
          quote_ident(n.nspname) || '.' || quote_ident(c.collname) as quoted, 0 as relation,
          case when c.collprovider = 'b' then 17 when %3$s is not null then 16
               when not %2$s then 12 else 0 end as since,
          'CREATE COLLATION ' || quote_ident(n.nspname) || '.' || quote_ident(c.collname) || ' ('
          || concat_ws(', ',
            'provider = ' || case c.collprovider when 'i' then 'icu' when 'b' then 'builtin'
              when 'd' then '"default"' else 'libc' end,
            case when not %2$s then 'deterministic = false' end,
            case when c.collprovider in ('i', 'b') then 'locale = '
                 || quote_literal(coalesce(%1$s, c.collcollate)) end,
            case when c.collprovider = 'c' and c.collcollate = c.collctype
                 then 'locale = ' || quote_literal(c.collcollate) end,
            case when c.collprovider = 'c' and c.collcollate <> c.collctype
                 then 'lc_collate = ' || quote_literal(c.collcollate) || ', lc_ctype = '
                   || quote_literal(c.collctype) end,
            'rules = ' || quote_literal(%3$s)) || ')' as definition
        from pg_collation c join pg_namespace n on n.oid = c.collnamespace
        where
        """
            .formatted(
                query.since(17, "c.colllocale", query.since(15, "c.colliculocale", "null::text")),
                query.since(12, "c.collisdeterministic", "true"),
                query.since(16, "c.collicurules", "null::text"))
        + " "
        + Scope.madeByUsers("pg_collation", "c.oid");
  }
}
