package dev.godwit.cli.faults;

import dev.godwit.testkit.server.PostgresServer;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** Looks at a server from the side, and waits there for what is to come. */
record Observer(PostgresServer server, String database) {
  /** The one value of a query. */
  String ask(String sql) {
    try (Connection connection = server.connect(database);
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getString(1);
    } catch (SQLException e) {
      throw new IllegalStateException(e.getMessage() + " in: " + sql, e);
    }
  }

  /** Waits until a condition holds, five minutes at most. */
  void await(String condition) {
    server.execute(
        database,
        "set statement_timeout = '5min'; do $do$ begin while not ("
            + condition
            + ") loop perform pg_sleep(0.005), pg_stat_clear_snapshot(); end loop; end $do$");
  }

  /** Waits until a session waits for an advisory lock that {@link #hold} has taken. */
  void awaitBlocked() {
    await("exists (select 1 from pg_locks where locktype = 'advisory' and not granted)");
  }

  /** Takes an advisory lock; whoever wants to share it waits until the connection is closed. */
  Connection hold(int number) {
    Connection holder = server.connect(database);
    try (Statement statement = holder.createStatement()) {
      statement.execute("select pg_advisory_lock(" + number + ")");
      return holder;
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A condition for {@code --where} that waits while somebody holds the lock. */
  static String waitingFor(int number) {
    return "pg_advisory_xact_lock_shared(" + number + ") is not null";
  }
}
