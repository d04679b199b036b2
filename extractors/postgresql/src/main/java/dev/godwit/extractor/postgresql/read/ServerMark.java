package dev.godwit.extractor.postgresql.read;

import dev.godwit.extractor.postgresql.session.Sessions;
import dev.godwit.spi.error.ExitCode;
import dev.godwit.spi.error.GodwitException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * Tells one running server from another: behind a balancer the next connection may reach a standby
 * or another cluster, where the snapshot of the run means nothing.
 *
 * @param started when the server was started, to the microsecond
 * @param recovering whether it is a standby
 * @param databaseId the database's id on it
 */
record ServerMark(String started, boolean recovering, long databaseId) {
  private static final String SQL =
      """
      select pg_catalog.pg_postmaster_start_time()::text, pg_catalog.pg_is_in_recovery(),
        (select oid::int8 from pg_catalog.pg_database
          where datname = pg_catalog.current_database()),
      """
          + Sessions.LOST_SETTINGS;

  /**
   * Looks at the server that a transaction is with.
   *
   * @throws GodwitException if it is not as it was set up: without {@code row_security = off} rows
   *     could be passed over, without a word
   */
  static ServerMark of(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(SQL)) {
      row.next();
      if (!row.getString(4).isEmpty()) {
        throw new GodwitException(
            ExitCode.FAILED,
            "what was set for the session with the server did not last: " + row.getString(4),
            "a pooler between here and the server must keep sessions; connect to the server itself");
      }
      return new ServerMark(row.getString(1), row.getBoolean(2), row.getLong(3));
    }
  }

  /** Whether that is the same server, a standby before and a primary now. */
  boolean wasPromotedTo(ServerMark now) {
    return recovering && now.equals(new ServerMark(started, false, databaseId));
  }

  // Written out, as the generated ones are linked at their first use, which takes 30 ms of a start.
  @Override
  public boolean equals(Object other) {
    return other instanceof ServerMark that
        && started.equals(that.started)
        && recovering == that.recovering
        && databaseId == that.databaseId;
  }

  @Override
  public int hashCode() {
    return started.hashCode() * 31 + Long.hashCode(databaseId);
  }
}
