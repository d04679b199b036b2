package dev.godwit.extractor.postgresql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.godwit.testkit.server.PostgresServer;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;

/** Another connection of a test: prepares, holds locks, looks at what happens. */
public final class Observer implements AutoCloseable {
  /** Ends what would never end; no machine is so slow. */
  public static final Duration PATIENCE = Duration.ofMinutes(5);

  private final Connection connection;

  public Observer(PostgresServer server, String database) {
    connection = server.connect(database);
  }

  public void run(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /** The first value of the first row; null for no row. */
  public String one(String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      return row.next() ? row.getString(1) : null;
    }
  }

  /** Asks until the answer is this one. */
  public void until(String sql, String wanted) throws SQLException {
    Instant late = Instant.now().plus(PATIENCE);
    String found = one(sql);
    while (!wanted.equals(found)) {
      assertThat(Instant.now()).as(sql + " is " + found).isBefore(late);
      Thread.onSpinWait();
      found = one(sql);
    }
  }

  /** Waits until someone waits for a lock on a table of this database. */
  public void untilSomeoneWaitsFor(String table) throws SQLException {
    until(
        "select count(*) from pg_locks where not granted and relation = '" + table + "'::regclass",
        "1");
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
