package dev.godwit.loader.postgresql;

import java.sql.SQLException;
import java.util.Collection;
import java.util.List;

/** What the user of a load may do in a database beside what every load does; asked, never tried. */
final class TargetRights {
  private final TargetState state;
  private final boolean missing;

  /**
   * The rights in a database.
   *
   * @param missing whether it is to be made: then it has nothing of its own, and all of it is the
   *     user's
   */
  TargetRights(TargetState state, boolean missing) {
    this.state = state;
    this.missing = missing;
  }

  String user() throws SQLException {
    return state.user();
  }

  boolean isSuperuser() throws SQLException {
    return state.isSuperuser();
  }

  /** The server's major version, such as 15. */
  int version() throws SQLException {
    return Integer.parseInt(
        state.list("select current_setting('server_version_num')::int / 10000").get(0));
  }

  /** Whether an expression of SQL is true. */
  boolean holds(String expression) throws SQLException {
    return state.list("select (" + expression + ")::bool").contains("t");
  }

  /** Whether the database is the user's, or that of a role of his. */
  boolean ownsDatabase() throws SQLException {
    return missing
        || holds(
            "select pg_has_role(datdba, 'usage') from pg_database"
                + " where datname = current_database()");
  }

  /** Those of the extensions that are not there, and that only a superuser can make. */
  List<String> notTrusted(Collection<String> extensions) throws SQLException {
    return notThere(extensions, "a.superuser and not a.trusted");
  }

  /** Those of the extensions that are not there, and whose tables would not be the user's. */
  List<String> madeBySuperusers(Collection<String> extensions) throws SQLException {
    return notThere(extensions, "a.superuser");
  }

  private List<String> notThere(Collection<String> extensions, String which) throws SQLException {
    return state.list(
        "select a.name from pg_available_extension_versions a"
            + " join pg_available_extensions e on e.name = a.name and e.default_version = a.version"
            + " where a.name = any(?) and "
            + which
            + (missing ? "" : " and a.name not in (select extname from pg_extension)")
            + " order by 1",
        state.array(extensions));
  }

  /** Whether a table is there. */
  boolean has(Relation table) throws SQLException {
    return !missing && !state.existing(List.of(table)).isEmpty();
  }

  /** Whether rows may be written into a table that is there. */
  boolean mayInsertInto(Relation table) throws SQLException {
    return holds("has_table_privilege(" + Relation.literal(table.quoted()) + ", 'insert')");
  }

  /**
   * Those of the roles that are there and for which the user may set nothing: since 16 a role that
   * makes roles does so for those alone that it administers.
   */
  List<String> notTheirsToSet(Collection<String> roles) throws SQLException {
    return state.list(
        "select r.rolname from pg_roles r, pg_roles me where me.rolname = current_user"
            + " and r.rolname = any(?) and r.oid <> me.oid"
            + " and (r.rolsuper or not me.rolcreaterole"
            + (version() < 16 ? "" : " or not pg_has_role(r.oid, 'member with admin option')")
            + ") order by 1",
        state.array(roles));
  }

  /** Those of the parameters that superusers set, and others only where they were granted it. */
  List<String> notToBeSet(Collection<String> parameters) throws SQLException {
    return state.list(
        "select name from pg_settings where lower(name) = any(?) and context = 'superuser'"
            + (version() < 15 ? "" : " and not has_parameter_privilege(name, 'set')")
            + " order by 1",
        state.array(parameters));
  }

  /** Whether subscriptions may be made; a role allows it since 16. */
  boolean maySubscribe() throws SQLException {
    return version() >= 16 && holds("pg_has_role('pg_create_subscription', 'usage')");
  }
}
