package dev.godwit.extractor.postgresql.schema;

import dev.godwit.extractor.postgresql.schema.graph.CatalogueQuery;
import dev.godwit.extractor.postgresql.schema.graph.Scope;
import dev.godwit.extractor.postgresql.schema.said.ClusterRoles;
import java.util.SortedMap;
import java.util.TreeMap;

/** Counts what a database holds and no definition carries. */
final class NotCarried {
  private NotCarried() {}

  /**
   * The counts.
   *
   * @param roles whether the server's roles are taken
   */
  static SortedMap<String, Long> count(Scope scope, boolean roles) {
    SortedMap<String, Long> counts = new TreeMap<>();
    CatalogueQuery query = scope.query();
    query.list(
        OF_TABLES,
        row -> add(counts, row.getString("kind"), row.getLong("many")),
        scope.relations().keySet());
    if (!scope.secrets() && scope.whole()) {
      query.list(SECRETS, row -> add(counts, row.getString("kind"), row.getLong("many")));
    }
    if (roles) {
      countPasswords(scope, counts);
      query.list(
          "select count(*) as many from "
              + query.since(
                  15, "pg_parameter_acl where paracl is not null", "pg_roles where false"),
          row -> add(counts, "privileges on parameters of the server", row.getLong("many")));
    }
    return counts;
  }

  private static void countPasswords(Scope scope, SortedMap<String, Long> counts) {
    boolean readable = ClusterRoles.readsPasswords(scope.query());
    if (readable && !scope.secrets()) {
      scope
          .query()
          .list(
              "select count(*) as many from pg_authid where rolpassword is not null",
              row -> add(counts, "passwords of roles", row.getLong("many")));
    } else if (!readable) {
      scope
          .query()
          .list(
              "select count(*) as many from pg_roles where rolcanlogin",
              row ->
                  add(
                      counts,
                      "passwords of roles, which only a superuser may read",
                      row.getLong("many")));
    }
  }

  private static Long add(SortedMap<String, Long> counts, String kind, long many) {
    return many == 0 ? null : counts.merge(kind, many, Long::sum);
  }

  /**
   * What hangs on the tables taken. An index that came to no end is of use to nobody: pg_dump
   * leaves it out too.
   */
  private static final String OF_TABLES =
      """
      select 'invalid indexes' as kind, count(*) as many
      from pg_index i
      join pg_class x on x.oid = i.indexrelid and x.relkind = 'i'
      where not i.indisvalid and i.indrelid = any(?)
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
