package dev.godwit.extractor.postgresql.schema;

import java.util.SortedMap;
import java.util.TreeMap;

/** Counts what a database holds and no definition carries. */
final class NotCarried {
  private NotCarried() {}

  static SortedMap<String, Long> count(Scope scope) {
    SortedMap<String, Long> counts = new TreeMap<>();
    CatalogueQuery query = scope.query();
    query.list(
        ofTables(),
        row -> add(counts, row.getString("kind"), row.getLong("many")),
        scope.relations().keySet());
    if (scope.whole()) {
      query.list(ofDatabase(query), row -> add(counts, row.getString("kind"), row.getLong("many")));
    }
    return counts;
  }

  private static Long add(SortedMap<String, Long> counts, String kind, long many) {
    return many == 0 ? null : counts.merge(kind, many, Long::sum);
  }

  /** What hangs on the tables taken. */
  private static String ofTables() {
    return """
        with taken as (
          select c.oid, c.relrowsecurity, c.relforcerowsecurity, c.relacl
          from pg_class c where c.oid = any(?))
        select 'triggers' as kind, count(*) as many
          from pg_trigger g join taken c on c.oid = g.tgrelid where not g.tgisinternal
        union all select 'rules', count(*)
          from pg_rewrite r join taken c on c.oid = r.ev_class
        union all select 'policies', count(*)
          from pg_policy p join taken c on c.oid = p.polrelid
        union all select 'row security settings', count(*)
          from taken c where c.relrowsecurity or c.relforcerowsecurity
        union all select 'statistics objects', count(*)
          from pg_statistic_ext s join taken c on c.oid = s.stxrelid
        union all select 'invalid indexes', count(*)
          from pg_index i join taken c on c.oid = i.indrelid
          join pg_class x on x.oid = i.indexrelid and x.relkind = 'i' where not i.indisvalid
        union all select 'privileges', count(*) from taken c where c.relacl is not null
        union all select 'privileges', count(*)
          from pg_attribute a join taken c on c.oid = a.attrelid where a.attacl is not null
        union all select 'security labels', count(*)
          from pg_seclabel l join taken c
          on l.classoid = 'pg_class'::regclass and c.oid = l.objoid
        """;
  }

  private static String ofDatabase(CatalogueQuery query) {
    return String.join(
        " union all ",
        "select 'extensions' as kind, count(*) as many from pg_extension e"
            + " where e.extname <> 'plpgsql'",
        relations("views", "v"),
        relations("materialized views", "m"),
        relations("foreign tables", "f"),
        procedures("functions", query.since(11, "p.prokind in ('f', 'w')", "not p.proisagg")),
        procedures("procedures", query.since(11, "p.prokind = 'p'", "false")),
        procedures("aggregates", query.since(11, "p.prokind = 'a'", "p.proisagg")),
        inSchema("base types", "pg_type", "typnamespace", "o.typtype = 'b' and o.typarray <> 0"),
        inSchema(
            "base types",
            "pg_type",
            "typnamespace",
            "o.typtype = 'r' and exists (select from pg_range r"
                + " where r.rngtypid = o.oid and r.rngcanonical <> 0)"),
        inSchema("operators", "pg_operator", "oprnamespace", "true"),
        inSchema("operator classes", "pg_opclass", "opcnamespace", "true"),
        inSchema("operator families", "pg_opfamily", "opfnamespace", "true"),
        inSchema("collations", "pg_collation", "collnamespace", "true"),
        inSchema("conversions", "pg_conversion", "connamespace", "true"),
        inSchema("text search configurations", "pg_ts_config", "cfgnamespace", "true"),
        inSchema("text search dictionaries", "pg_ts_dict", "dictnamespace", "true"),
        inSchema("text search parsers", "pg_ts_parser", "prsnamespace", "true"),
        inSchema("text search templates", "pg_ts_template", "tmplnamespace", "true"),
        ofCatalogue("casts", "pg_cast"),
        ofCatalogue("transforms", "pg_transform"),
        ofCatalogue("languages", "pg_language"),
        ofCatalogue("access methods", "pg_am"),
        ofCatalogue("event triggers", "pg_event_trigger"),
        ofCatalogue("publications", "pg_publication"),
        ofCatalogue("foreign data wrappers", "pg_foreign_data_wrapper"),
        ofCatalogue("foreign servers", "pg_foreign_server"),
        "select 'user mappings', count(*) from pg_user_mappings",
        "select 'subscriptions', count(*) from pg_subscription s"
            + " where s.subdbid = (select oid from pg_database where datname = current_database())",
        "select 'large objects', count(*) from pg_largeobject_metadata",
        "select 'settings', count(*) from pg_db_role_setting s"
            + " where s.setdatabase = (select oid from pg_database"
            + " where datname = current_database())",
        "select 'default privileges', count(*) from pg_default_acl",
        "select 'triggers', count(*) from pg_trigger g join pg_class c on c.oid = g.tgrelid"
            + " where c.relkind in ('v', 'f') and not g.tgisinternal and "
            + Scope.notOfExtension("pg_class", "c.oid"),
        "select 'rules', count(*) from pg_rewrite r join pg_class c on c.oid = r.ev_class"
            + " join pg_namespace n on n.oid = c.relnamespace"
            + " where c.relkind in ('v', 'm') and r.rulename <> '_RETURN' and "
            + Scope.USER_SCHEMA
            + " and "
            + Scope.notOfExtension("pg_class", "c.oid"),
        privileges("pg_class", "relnamespace", "relacl", "o.relkind in ('v', 'm', 'S', 'f')"),
        privileges("pg_proc", "pronamespace", "proacl", "true"),
        privileges("pg_type", "typnamespace", "typacl", "true"),
        """
        select 'privileges', count(*)
        from pg_namespace n
        left join pg_init_privs i on i.classoid = 'pg_namespace'::regclass and i.objoid = n.oid
        where n.nspacl is not null and n.nspacl is distinct from i.initprivs
        """
            + " and "
            + Scope.USER_SCHEMA);
  }

  private static String relations(String kind, String relkind) {
    return inSchema(kind, "pg_class", "relnamespace", "o.relkind = '" + relkind + "'");
  }

  private static String procedures(String kind, String condition) {
    return inSchema(kind, "pg_proc", "pronamespace", condition.replace("p.", "o."));
  }

  private static String inSchema(
      String kind, String catalogue, String namespace, String condition) {
    String range =
        // The functions that a range type makes for itself come with the type.
        catalogue.equals("pg_proc")
            ? " and not exists (select from pg_depend i where i.classid = 'pg_proc'::regclass"
                + " and i.objid = o.oid and i.deptype = 'i')"
            : "";
    return "select '%s', count(*) from %s o join pg_namespace n on n.oid = o.%s where %s and %s and %s%s"
        .formatted(
            kind,
            catalogue,
            namespace,
            Scope.USER_SCHEMA,
            condition,
            Scope.notOfExtension(catalogue, "o.oid"),
            range);
  }

  private static String ofCatalogue(String kind, String catalogue) {
    // What a type makes for itself, such as the cast from a range to its multirange, comes with it.
    return ("select '%s', count(*) from %s o where o.oid >= 16384 and %s"
            + " and not exists (select from pg_depend i where i.classid = '%s'::regclass"
            + " and i.objid = o.oid and i.deptype = 'i')")
        .formatted(kind, catalogue, Scope.notOfExtension(catalogue, "o.oid"), catalogue);
  }

  private static String privileges(
      String catalogue, String namespace, String acl, String condition) {
    return "select 'privileges', count(*) from %s o join pg_namespace n on n.oid = o.%s"
            .formatted(catalogue, namespace)
        + " where o.%s is not null and %s and %s and %s"
            .formatted(acl, condition, Scope.USER_SCHEMA, Scope.notOfExtension(catalogue, "o.oid"));
  }
}
