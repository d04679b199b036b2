package dev.godwit.extractor.postgresql.session;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import org.postgresql.PGConnection;
import org.postgresql.jdbc.PgConnection;

/**
 * One connection, with the socket under it where we have hold of it. Used by one thread at a time;
 * only {@link #breakOff} may be called by another.
 */
public final class Session implements AutoCloseable {
  private final PgConnection connection;
  private final Optional<Wire> wire;
  private final SocketWatch watch;

  Session(PgConnection connection, Optional<Wire> wire, SocketWatch watch) {
    this.connection = connection;
    this.wire = wire;
    this.watch = watch;
  }

  /** The driver's connection, in auto-commit mode. */
  public PgConnection connection() {
    return connection;
  }

  /** The socket, where table data may be read straight from it. */
  public Optional<Wire> wire() {
    return wire;
  }

  /** The server's version as a number, such as 180001. */
  public int serverVersion() {
    return connection.getServerMajorVersion() * 10_000 + connection.getServerMinorVersion();
  }

  /** Runs statements, several allowed in one text; they go to the server in one trip. */
  public void execute(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.setEscapeProcessing(false);
      statement.execute(sql);
    }
  }

  /** Reads the answer to a statement. */
  @FunctionalInterface
  public interface Answer<T> {
    /** What the rows say; none of them is read yet. */
    T read(ResultSet rows) throws SQLException;
  }

  /**
   * Runs statements as {@link #execute}, of which one asks.
   *
   * @return what its answer says
   * @throws SQLException if one of them fails; then the answer was not read
   */
  public <T> T answer(String sql, Answer<T> answer) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.setEscapeProcessing(false);
      boolean rows = statement.execute(sql);
      while (!rows && statement.getUpdateCount() != -1) {
        rows = statement.getMoreResults();
      }
      try (ResultSet result = statement.getResultSet()) {
        if (result == null) {
          throw new IllegalStateException("none of the statements asks: " + sql);
        }
        return answer.read(result);
      }
    }
  }

  /** Whether it can be used no more. */
  public boolean isClosed() {
    try {
      return connection.isClosed();
    } catch (SQLException e) {
      return true;
    }
  }

  /**
   * Cancels what the session is doing on the server, then closes its socket: whoever waits on it
   * fails at once.
   */
  public void breakOff() {
    try {
      ((PGConnection) connection).cancelQuery();
    } catch (SQLException e) {
      // The server ends the statement once it finds the socket closed.
    }
    watch.close();
    close();
  }

  /** Closes the socket without a word to the server. */
  void drop() {
    watch.close();
  }

  @Override
  public void close() {
    try {
      connection.close();
    } catch (SQLException e) {
      // What was to be closed is of no use any more.
    }
  }
}
