package dev.godwit.loader.postgresql;

import dev.godwit.spi.error.ExitCode;
import dev.godwit.spi.error.GodwitException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What of a plan is done, kept in the target itself, in the schema {@code _godwit}: an item is
 * marked in the transaction that does it. The schema is dropped as the last act of a load; as long
 * as it is there, the load is not done.
 */
final class Ledger {
  static final String SCHEMA = "_godwit";

  /** The key of the session's advisory lock: two loads into one database exclude each other. */
  private static final long LOCK = 0x676f64776974L; // "godwit"

  private Ledger() {}

  /** Takes the database for this session; false where another load has it. */
  static boolean lock(Connection connection) throws SQLException {
    return ask(connection, "select pg_try_advisory_lock(" + LOCK + ")").equals(Optional.of("t"));
  }

  /** Whether another session has the database: its load is not over, however its ledger looks. */
  static boolean isLocked(Connection connection) throws SQLException {
    return ask(
            connection,
            "select exists (select from pg_locks where locktype = 'advisory' and objsubid = 1"
                + " and database = (select oid from pg_database where datname = current_database())"
                + " and classid::int8 << 32 | objid::int8 = "
                + LOCK
                + " and pid <> pg_backend_pid())")
        .equals(Optional.of("t"));
  }

  /** Another load is at work in a database. */
  static GodwitException locked(TargetDatabase target) {
    return new GodwitException(
        ExitCode.LOCKED,
        "another load is writing to database " + target.display(),
        "wait until it has ended");
  }

  /** The plan that an unfinished load of this database carries out. */
  static Optional<String> plan(Connection connection) throws SQLException {
    if (ask(connection, "select to_regclass('_godwit.plan')").isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(ask(connection, "select id from _godwit.plan").orElse(""));
  }

  /** Begins a ledger for a plan. */
  static void create(Connection connection, String plan) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("create schema _godwit");
      statement.execute("create table _godwit.plan (id text, begun timestamptz default now())");
      statement.execute("create table _godwit.done (item text primary key)");
    }
    try (PreparedStatement insert =
        connection.prepareStatement("insert into _godwit.plan (id) values (?)")) {
      insert.setString(1, plan);
      insert.execute();
    }
  }

  /** Marks an item in the connection's transaction; it must not be marked already. */
  static void mark(Connection connection, String item) throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement("insert into _godwit.done values (?)")) {
      insert.setString(1, item);
      insert.execute();
    }
  }

  /** A statement that marks items, as {@link #mark} does. */
  static String marking(List<String> items) {
    return items.stream()
        .map(item -> '(' + Relation.literal(item) + ')')
        .collect(Collectors.joining(", ", "insert into _godwit.done values ", ""));
  }

  /** Whether an item is marked. */
  static boolean holds(Connection connection, String item) throws SQLException {
    try (PreparedStatement query =
        connection.prepareStatement("select 1 from _godwit.done where item = ?")) {
      query.setString(1, item);
      try (ResultSet rows = query.executeQuery()) {
        return rows.next();
      }
    }
  }

  /** What follows a word in the items that begin with it. */
  static List<String> beginningWith(Connection connection, String word) throws SQLException {
    try (PreparedStatement query =
        connection.prepareStatement(
            "select substr(item, length(?) + 1) from _godwit.done where starts_with(item, ?)")) {
      query.setString(1, word);
      query.setString(2, word);
      List<String> found = new ArrayList<>();
      try (ResultSet rows = query.executeQuery()) {
        while (rows.next()) {
          found.add(rows.getString(1));
        }
      }
      return found;
    }
  }

  /** Keeps the ledger for a later run; returns once all that was committed is on the disk. */
  static void keep(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("set local synchronous_commit = on");
      statement.execute("update _godwit.plan set begun = begun");
    }
  }

  /** Ends the ledger, and with it the load: once this is durable, so is all before it. */
  static void drop(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      // Marks and data were committed without waiting for the disk; the log is written in order,
      // so waiting for this one commit waits for all of them.
      statement.execute(
          "select set_config('synchronous_commit', 'on', false)"
              + " where current_setting('synchronous_commit') = 'off'");
      // An event trigger that was restored must not act on this.
      statement.execute(
          "select set_config('session_replication_role', 'replica', true)"
              + " from pg_roles where rolname = current_user and rolsuper");
      statement.execute("drop schema _godwit cascade");
    }
  }

  private static Optional<String> ask(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      return rows.next() ? Optional.ofNullable(rows.getString(1)) : Optional.empty();
    }
  }
}
