package dev.godwit.extractor.postgresql.schema.kind;

import dev.godwit.extractor.postgresql.schema.graph.Catalog;
import dev.godwit.extractor.postgresql.schema.graph.CatalogueQuery;
import dev.godwit.extractor.postgresql.schema.graph.Kind;
import dev.godwit.extractor.postgresql.schema.graph.Scope;
import dev.godwit.spi.dataset.SchemaObject.Phase;

/** Publications, with their tables, columns, conditions and schemas. */
final class Publications {
  private Publications() {}

  static final Kind KIND =
      Kind.ofQuery(
          "publication", "PUBLICATION", Catalog.PUBLICATION, Phase.LAST, Publications::select);

  private static String tables(CatalogueQuery query) {
    String columns =
        query.since(
            15,
            """
            || coalesce((select ' (' || string_agg(quote_ident(a.attname), ', ' order by u.place)
                 || ')' from unnest(t.prattrs::int2[]) with ordinality u (num, place)
                 join pg_attribute a on a.attrelid = t.prrelid and a.attnum = u.num
                 having count(*) > 0), '')
            || coalesce(' WHERE (' || pg_get_expr(t.prqual, t.prrelid) || ')', '')
            """,
            "");
    return """
        (select string_agg(e';\\nALTER PUBLICATION ' || quote_ident(p.pubname) || ' ADD TABLE ONLY '
           || quote_ident(n.nspname) || '.' || quote_ident(c.relname) %s, ''
           order by n.nspname, c.relname)
         from pg_publication_rel t
         join pg_class c on c.oid = t.prrelid
         join pg_namespace n on n.oid = c.relnamespace
         where t.prpubid = p.oid)
        """
        .formatted(columns);
  }

  private static String schemas(CatalogueQuery query) {
    return query.since(
        15,
        """
        (select string_agg(e';\\nALTER PUBLICATION ' || quote_ident(p.pubname)
           || ' ADD TABLES IN SCHEMA ' || quote_ident(n.nspname), '' order by n.nspname)
         from pg_publication_namespace s join pg_namespace n on n.oid = s.pnnspid
         where s.pnpubid = p.oid)
        """,
        "null::text");
  }

  /** Columns, conditions and whole schemas came with 15, columns that are computed with 18. */
  private static String since(CatalogueQuery query) {
    return "greatest("
        + query.since(18, "case when p.pubgencols <> 'n' then 18 else 0 end", "0")
        + ", "
        + query.since(
            15,
            """
            case when exists (select from pg_publication_rel t where t.prpubid = p.oid
                                and (t.prattrs is not null or t.prqual is not null))
                   or exists (select from pg_publication_namespace s where s.pnpubid = p.oid)
                 then 15 else 0 end
            """,
            "0")
        + ")";
  }

  private static String select(CatalogueQuery query) {
    return """
        select p.oid, null::text as schema, p.pubname as name, quote_ident(p.pubname) as quoted,
          0 as relation, %1$s as since,
          'CREATE PUBLICATION ' || quote_ident(p.pubname)
          || case when p.puballtables then ' FOR ALL TABLES' else '' end
          || ' WITH (publish = ' || quote_literal(concat_ws(', ',
            case when p.pubinsert then 'insert' end, case when p.pubupdate then 'update' end,
            case when p.pubdelete then 'delete' end, %2$s)) || %3$s || %4$s || ')'
          || coalesce(%5$s, '') || coalesce(%6$s, '') as definition
        from pg_publication p where
 """
            .formatted(
                since(query),
                query.since(11, "case when p.pubtruncate then 'truncate' end", "null::text"),
                query.since(
                    13,
                    "case when p.pubviaroot then ', publish_via_partition_root = true' else '' end",
                    "''"),
                query.since(
                    18,
                    "case p.pubgencols when 's' then ', publish_generated_columns = stored'"
                        + " else '' end",
                    "''"),
                tables(query),
                schemas(query))
        + " "
        + Scope.madeByUsersAnywhere("pg_publication", "p.oid");
  }
}
