package dev.godwit.extractor.postgresql.schema;

import dev.godwit.extractor.postgresql.schema.graph.CatalogueQuery;
import dev.godwit.extractor.postgresql.schema.graph.Scope;
import java.util.SortedMap;
import java.util.TreeMap;

/** Counts what a database holds and no definition carries. */
final class NotCarried {
  private NotCarried() {}

  static SortedMap<String, Long> count(Scope scope) {
    SortedMap<String, Long> counts = new TreeMap<>();
    CatalogueQuery query = scope.query();
    query.list(
        OF_TABLES,
        row -> add(counts, row.getString("kind"), row.getLong("many")),
        scope.relations().keySet());
    if (scope.whole()) {
      query.list(OF_DATABASE, row -> add(counts, row.getString("kind"), row.getLong("many")));
    }
    if (!scope.secrets() && scope.whole()) {
      query.list(SECRETS, row -> add(counts, row.getString("kind"), row.getLong("many")));
    }
    return counts;
  }

  private static Long add(SortedMap<String, Long> counts, String kind, long many) {
    return many == 0 ? null : counts.merge(kind, many, Long::sum);
  }

  /** What hangs on the tables taken. */
  private static final String OF_TABLES =
      """
      select 'invalid indexes' as kind, count(*) as many
      from pg_index i
      join pg_class x on x.oid = i.indexrelid and x.relkind = 'i'
      where not i.indisvalid and i.indrelid = any(?)
      """;

  private static final String OF_DATABASE =
      """
      select 'large objects' as kind, count(*) as many from pg_largeobject_metadata
      union all
      select 'security labels', count(*) from pg_seclabel
      union all
      select 'privileges on the database', count(*) from pg_database
        where datname = current_database() and datacl is not null
      union all
      select 'tables whose rows an extension wants kept', count(*)
        from pg_extension e cross join lateral unnest(e.extconfig) c (id)
        join pg_class t on t.oid = c.id and t.relkind in ('r', 'p')
      union all
      select 'places in tablespaces', count(*)
        from pg_class c join pg_namespace n on n.oid = c.relnamespace
        where c.reltablespace <> 0 and n.nspname !~ '^pg_'
      union all
      select 'privileges on what extensions bring', count(*)
        from pg_class c join pg_depend d on d.classid = 'pg_class'::regclass and d.objid = c.oid
          and d.deptype = 'e'
        left join pg_init_privs i on i.classoid = d.classid and i.objoid = c.oid and i.objsubid = 0
        where c.relacl is distinct from i.initprivs and c.relacl is not null
      """;

  private static final String SECRETS =
      """
      select 'options of user mappings' as kind, count(*) as many
        from pg_user_mappings m
        where exists (select from unnest(m.umoptions) o where o !~ '^user(name)?=')
      union all
      select 'connections of subscriptions', count(*) from pg_subscription s
        where s.subdbid = (select oid from pg_database where datname = current_database())
      """;
}
