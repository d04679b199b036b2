package dev.godwit.cli.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import dev.godwit.testkit.server.PostgresServer;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A signal ends a run: soon, with its own status, and with nothing left behind on the server. */
class SignalsIT {
  private static final String SLEEPING =
      "select count(*) from pg_stat_activity where query like 'copy%pg_sleep(0.2)%'"
          + " and state = 'active' and pid <> pg_backend_pid()";

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({"INT, 130, interrupted", "TERM, 143, terminated"})
  void aSignalCancelsTheRun(String signal, int status, String said) throws Exception {
    PostgresServer server = PostgresServer.shared();
    String database = server.createDatabase();
    server.execute(
        database,
        "create table slow (id integer primary key);"
            + " insert into slow select generate_series(1, 10000)");
    Process run =
        Launcher.start(
            folder,
            "backup",
            "--init",
            server.uri(database),
            folder.resolve("vault").toString(),
            "--where",
            "slow=pg_sleep(0.2) is not null");
    try (Connection connection = server.connect("postgres");
        Statement statement = connection.createStatement()) {
      while (ask(statement, SLEEPING) == 0) {
        assertThat(run.isAlive()).as("still running").isTrue();
        ask(statement, "select 1 from pg_sleep(0.05)");
      }
      new ProcessBuilder("kill", "-" + signal, Long.toString(run.pid())).start().waitFor();
      Launcher.Ended ended = Launcher.await(run, folder);

      assertThat(ended.status()).isEqualTo(status);
      assertThat(ended.err()).isEqualTo("godwit: " + said + "\n");
      // By itself it would end after half an hour.
      for (int i = 0; i < 1200 && ask(statement, SLEEPING) > 0; i++) {
        ask(statement, "select 1 from pg_sleep(0.05)");
      }
      assertThat(ask(statement, SLEEPING)).isZero();
    }
    assertThat(Launcher.run(folder, "list", folder.resolve("vault").toString()).err())
        .isEqualTo("no snapshots yet\n");
  }

  private static int ask(Statement statement, String query) throws SQLException {
    try (ResultSet result = statement.executeQuery(query)) {
      result.next();
      return result.getInt(1);
    }
  }
}
