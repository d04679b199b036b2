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

  /** A statement that has a session keep the question, as it is planned, for {@link #ASK_AGAIN}. */
  static final String KEEP_QUESTION = "prepare godwit_server as " + SQL;

  /** What a session is asked that keeps the question. Behind a pooler another may carry it out. */
  static final String ASK_AGAIN = "execute godwit_server";

  private static final String NOT_KEPT = "26000";

  /**
   * Looks at the server that a transaction is with.
   *
   * @throws GodwitException if it is not as it was set up: without {@code row_security = off} rows
   *     could be passed over, without a word
   */
  static ServerMark of(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(SQL)) {
      return in(row);
    }
  }

  /**
   * Looks at the server by the answer to {@link #ASK_AGAIN}; as {@link #of}.
   *
   * @param row before its one row
   */
  static ServerMark in(ResultSet row) throws SQLException {
    row.next();
    if (!row.getString(4).isEmpty()) {
      throw notLasting(row.getString(4), null);
    }
    return new ServerMark(row.getString(1), row.getBoolean(2), row.getLong(3));
  }

  /** Fails if this says that the session which was asked again is not the one that was prepared. */
  static void requireKept(SQLException failure) {
    if (NOT_KEPT.equals(failure.getSQLState())) {
      throw notLasting("a prepared question", failure);
    }
  }

  private static GodwitException notLasting(String what, SQLException cause) {
    return new GodwitException(
        ExitCode.FAILED,
        "what was set for the session with the server did not last: " + what,
        "a pooler between here and the server must keep sessions; connect to the server itself",
        cause);
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
