package dev.godwit.extractor.postgresql.read;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.function.Consumer;

/**
 * A load into the database that is read which was begun and has not come to its end: its ledger is
 * there still, in a schema that is never read as one of users.
 */
final class UnfinishedLoad {
  private UnfinishedLoad() {}

  /** Tells of one, as of the run's instant. */
  static void warn(Coordinator coordinator, String database, Consumer<String> warnings) {
    if (coordinator.ask("the schemas of the database", UnfinishedLoad::isThere)) {
      warnings.accept(
          "database '"
              + database
              + "' holds a load that did not come to its end (schema _godwit): what it lacks is"
              + " lacking here too");
    }
  }

  private static boolean isThere(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet found =
            statement.executeQuery(
                "select from pg_catalog.pg_class c join pg_catalog.pg_namespace n"
                    + " on n.oid = c.relnamespace"
                    + " where n.nspname = '_godwit' and c.relname = 'plan'")) {
      return found.next();
    }
  }
}
