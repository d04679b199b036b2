package dev.godwit.extractor.postgresql.schema.said;

import dev.godwit.extractor.postgresql.schema.graph.Attributes;
import dev.godwit.extractor.postgresql.schema.graph.Scope;
import dev.godwit.spi.dataset.SchemaObject;
import dev.godwit.spi.dataset.SchemaObject.Phase;
import java.util.List;
import java.util.Map;

/** What is set for the database, for all roles or one of them, and its comment. */
public final class DatabaseSettings {
  private DatabaseSettings() {}

  /** Settings whose value is a list of names, each quoted on its own (GUC_LIST_QUOTE). */
  static final String LISTS =
      "('search_path', 'temp_tablespaces', 'session_preload_libraries',"
          + " 'shared_preload_libraries', 'local_preload_libraries', 'unix_socket_directories')";

  /** The settings; they name the database that they are carried out in. */
  public static List<SchemaObject> define(Scope scope) {
    return scope
        .query()
        .list(
            """
            select case when r.oid is null then 'database' else 'role ' || r.rolname end as whose,
              r.rolname, split_part(c, '=', 1) as key,
              'ALTER ' || case when r.oid is null then '' else 'ROLE ' || quote_ident(r.rolname)
                || ' IN ' end || 'DATABASE ' as before,
              ' SET ' || quote_ident(split_part(c, '=', 1)) || ' TO '
              || case when lower(split_part(c, '=', 1)) in %s
                 then substr(c, strpos(c, '=') + 1)
                 else quote_literal(substr(c, strpos(c, '=') + 1)) end as after
            from pg_db_role_setting s
            left join pg_roles r on r.oid = s.setrole
            cross join lateral unnest(s.setconfig) c
            where s.setdatabase = (select oid from pg_database where datname = current_database())
            order by 1, 3
            """
                .formatted(LISTS),
            row -> {
              String role = row.getString("rolname");
              String name = row.getString("whose") + " " + row.getString("key");
              return new SchemaObject(
                  "setting:" + name,
                  "setting",
                  scope.name("setting", name),
                  Statements.here(row.getString("before"), row.getString("after")),
                  List.of(),
                  Phase.LAST,
                  List.of(),
                  role == null
                      ? Map.of()
                      : Map.of(Attributes.ROLES, Attributes.array(List.of(role))));
            });
  }

  /** The comment on the database. */
  public static List<SchemaObject> comment(Scope scope) {
    return scope
        .query()
        .list(
            """
            select quote_literal(d.description) as text from pg_shdescription d
            where d.classoid = 'pg_database'::regclass
              and d.objoid = (select oid from pg_database where datname = current_database())
            """,
            row ->
                new SchemaObject(
                    "comment:DATABASE",
                    "comment",
                    scope.name("comment"),
                    Statements.here("COMMENT ON DATABASE ", " IS " + row.getString("text")),
                    List.of(),
                    Phase.LAST,
                    List.of(),
                    Map.of()));
  }
}
