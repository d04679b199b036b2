package dev.godwit.loader.postgresql;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** What a database holds, lacks and allows; asked, never changed. */
final class TargetState {
  /** Names asked for at a time. */
  static final int PAGE = 500;

  private static final String UNDEFINED = "42";

  private final Connection connection;

  TargetState(Connection connection) {
    this.connection = connection;
  }

  String user() throws SQLException {
    return list("select current_user").get(0);
  }

  boolean isSuperuser() throws SQLException {
    return list("select rolsuper from pg_roles where rolname = current_user").contains("t");
  }

  boolean mayCreateDatabases() throws SQLException {
    return list("select rolcreatedb or rolsuper from pg_roles where rolname = current_user")
        .contains("t");
  }

  boolean mayCreateRoles() throws SQLException {
    return list("select rolcreaterole or rolsuper from pg_roles where rolname = current_user")
        .contains("t");
  }

  boolean mayCreateSchemas() throws SQLException {
    return list("select has_database_privilege(current_database(), 'create')").contains("t");
  }

  /** Whether the server is a standby, where nothing can be written. */
  boolean isStandby() throws SQLException {
    return list("select pg_is_in_recovery()").contains("t");
  }

  /** Whether tables may be made in a schema; true where it does not exist. */
  boolean mayCreateIn(String schema) throws SQLException {
    return !list(
            "select has_schema_privilege(oid, 'create') from pg_namespace where nspname = ?",
            schema)
        .contains("f");
  }

  String encoding() throws SQLException {
    return list("select pg_encoding_to_char(encoding) from pg_database"
            + " where datname = current_database()")
        .get(0);
  }

  /** The tables, types and other relations that users made, kind and name, a thousand at most. */
  List<String> contents() throws SQLException {
    return list(
        """
        select case c.relkind when 'v' then 'view' when 'm' then 'materialized view'
                 when 'S' then 'sequence' when 'f' then 'foreign table' else 'table' end
               || ' ' || n.nspname || '.' || c.relname
        from pg_class c join pg_namespace n on n.oid = c.relnamespace
        where c.relkind in ('r', 'p', 'v', 'm', 'f', 'S')
          and n.nspname !~ '^pg_' and n.nspname not in ('information_schema', '_godwit')
          and not exists (select from pg_depend x where x.classid = 'pg_class'::regclass
                            and x.objid = c.oid and x.deptype = 'e')
        union all
        select 'type ' || n.nspname || '.' || t.typname
        from pg_type t join pg_namespace n on n.oid = t.typnamespace
        left join pg_class c on c.oid = t.typrelid
        where (t.typtype in ('e', 'd', 'r') or c.relkind = 'c')
          and n.nspname !~ '^pg_' and n.nspname not in ('information_schema', '_godwit')
          and not exists (select from pg_depend x where x.classid = 'pg_type'::regclass
                            and x.objid = t.oid and x.deptype = 'e')
        limit 1000
        """);
  }

  /** The names of its schemas. */
  List<String> schemas() throws SQLException {
    return list("select nspname from pg_namespace");
  }

  /**
   * The ids, as definitions have them, of schemas and extensions that are neither the user's nor a
   * role's of his: only their owner may say anything of them.
   */
  Set<String> ofOthers() throws SQLException {
    return new TreeSet<>(
        list(
            "select 'schema:' || quote_ident(nspname) from pg_namespace"
                + " where not pg_has_role(nspowner, 'usage')"
                + " union all select 'extension:' || quote_ident(extname) from pg_extension"
                + " where not pg_has_role(extowner, 'usage')"));
  }

  /** The names of its extensions. */
  List<String> extensions() throws SQLException {
    return list("select extname from pg_extension");
  }

  /** Those of the names that a relation has already. */
  List<String> existing(List<Relation> names) throws SQLException {
    return list(
        """
        select wanted.schema || '.' || wanted.name
        from unnest(?::text[], ?::text[]) as wanted (schema, name)
        join pg_namespace n on n.nspname = wanted.schema
        join pg_class c on c.relnamespace = n.oid and c.relname = wanted.name
        """,
        array(names.stream().map(Relation::schema).toList()),
        array(names.stream().map(Relation::name).toList()));
  }

  /** Those of the extensions that the server has no files of. */
  List<String> notOffered(Collection<String> extensions) throws SQLException {
    return list(
        "select e from unnest(?::text[]) e where not exists"
            + " (select from pg_available_extensions a where a.name = e) order by 1",
        array(List.copyOf(extensions)));
  }

  private static final String ROLES =
      "select distinct r from unnest(?::text[]) a cross join lateral unnest(a::text[]) r where ";

  /** Those of the roles, given as arrays, that the server does not have. */
  List<String> missingRoles(Collection<String> roles) throws SQLException {
    return list(
        ROLES + "not exists (select from pg_roles p where p.rolname = r) order by 1",
        array(List.copyOf(roles)));
  }

  /** Those of the roles, given as arrays, that the user is no member of. */
  List<String> rolesOfOthers(Collection<String> roles) throws SQLException {
    return list(
        ROLES
            + "exists (select from pg_roles p where p.rolname = r"
            + " and not pg_has_role(p.oid, 'MEMBER')) order by 1",
        array(List.copyOf(roles)));
  }

  /** How people call what a list of needs names. */
  List<String> said(String needs) throws SQLException {
    return list(EACH_NEED.formatted("n[i + 3]"), needs);
  }

  private static final String EACH_NEED =
      "select %s from (select ?::text[] as n) needs,"
          + " generate_series(1, cardinality(n), 4) as i order by 1";

  /** What of all needs the database does not have, in words. */
  Set<String> lacking(Collection<String> needs) throws SQLException {
    Set<String> lacking = new TreeSet<>();
    Set<String> distinct = new TreeSet<>();
    for (String need : needs) {
      distinct.addAll(list(EACH_NEED.formatted("n[i:i + 3]::text"), need));
    }
    for (String need : distinct) {
      try {
        list(
            """
            select a.objid from (select ?::text[] as n) need,
              pg_get_object_address(n[1], n[2]::text[], n[3]::text[]) a
            """,
            need);
      } catch (SQLException e) {
        if (!String.valueOf(e.getSQLState()).startsWith(UNDEFINED)
            && !String.valueOf(e.getSQLState()).equals("3F000")) {
          throw e;
        }
        lacking.add(list("select (?::text[])[4]", need).get(0));
      }
    }
    return lacking;
  }

  java.sql.Array array(Collection<String> values) throws SQLException {
    return connection.createArrayOf("text", values.toArray());
  }

  /** The first column of the rows. */
  List<String> list(String sql, Object... parameters) throws SQLException {
    if (parameters.length == 0) {
      try (Statement statement = connection.createStatement();
          ResultSet rows = statement.executeQuery(sql)) {
        return read(rows);
      }
    }
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < parameters.length; i++) {
        statement.setObject(i + 1, parameters[i]);
      }
      try (ResultSet rows = statement.executeQuery()) {
        return read(rows);
      }
    }
  }

  private static List<String> read(ResultSet rows) throws SQLException {
    List<String> values = new ArrayList<>();
    while (rows.next()) {
      values.add(rows.getString(1));
    }
    return values;
  }
}
