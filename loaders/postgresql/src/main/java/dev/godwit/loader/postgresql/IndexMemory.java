package dev.godwit.loader.postgresql;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * How much memory each session may take to build an index: its share of a budget, never less than
 * the server's own setting, and at most 1 GB, beyond which a sort gains next to nothing.
 *
 * @param megabytes for each session; 0 leaves the server's setting
 */
record IndexMemory(long megabytes) {
  private static final long MOST = 1024;

  /** The share of one of several sessions. */
  static IndexMemory of(Connection connection, long budget, int sessions) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "select setting::bigint / 1024 from pg_settings"
                    + " where name = 'maintenance_work_mem'")) {
      row.next();
      long share = Math.min(MOST, budget / sessions);
      return new IndexMemory(share > row.getLong(1) ? share : 0);
    }
  }

  /** Sets it for the connection's transaction. */
  void use(Connection connection) throws SQLException {
    if (megabytes > 0) {
      try (Statement statement = connection.createStatement()) {
        statement.execute("set local maintenance_work_mem = '" + megabytes + "MB'");
      }
    }
  }
}
