package dev.godwit.loader.postgresql;

import dev.godwit.extractor.postgresql.session.Sessions;
import dev.godwit.spi.error.ExitCode;
import dev.godwit.spi.error.GodwitException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;

/** The database to be written, which may not be there yet. */
final class TargetDatabase {
  private static final String MISSING = "3D000";

  private final Sessions sessions;
  private final String name;

  /**
   * The database that the URI names.
   *
   * @throws GodwitException {@code USAGE} where it names none
   */
  TargetDatabase(Sessions sessions) {
    this.sessions = sessions;
    this.name = sessions.database();
    if (name.isEmpty()) {
      throw new GodwitException(
          ExitCode.USAGE,
          "the URI of " + sessions.display() + " names no database",
          "add it, such as postgresql://host/database");
    }
  }

  String name() {
    return name;
  }

  /** Database and host, for people. */
  String display() {
    return name + " on " + sessions.display();
  }

  /** A connection to the database; the caller closes it. */
  Connection open() {
    return sessions.open(name);
  }

  /** A connection to the database, or nothing where it does not exist. */
  Optional<Connection> openIfThere() {
    try {
      return Optional.of(open());
    } catch (GodwitException e) {
      for (Throwable cause = e.getCause(); cause != null; cause = cause.getCause()) {
        if (cause instanceof SQLException sql && MISSING.equals(sql.getSQLState())) {
          return Optional.empty();
        }
      }
      throw e;
    }
  }

  /** A connection to a database that every server has; the caller closes it. */
  Connection openMaintenance() {
    GodwitException first = null;
    for (String database : List.of("postgres", "template1")) {
      try {
        return sessions.open(database);
      } catch (GodwitException e) {
        first = first == null ? e : first;
      }
    }
    throw first;
  }

  /** Makes the database, with the encoding and collation that the options say. */
  void create(String options) {
    try (Connection connection = openMaintenance();
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE DATABASE " + Relation.quote(name) + " " + options);
    } catch (SQLException e) {
      throw new GodwitException(
          ExitCode.FAILED,
          "cannot create database " + display() + ": " + e.getMessage(),
          "create it yourself and go on without --create",
          e);
    }
  }
}
