package dev.godwit.extractor.postgresql.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.godwit.extractor.postgresql.Observer;
import dev.godwit.extractor.postgresql.TestStore;
import dev.godwit.spi.error.CancelledException;
import dev.godwit.spi.error.ExitCode;
import dev.godwit.spi.error.GodwitException;
import dev.godwit.testkit.server.FreePort;
import dev.godwit.testkit.server.PostgresServer;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class SessionsTest {
  private static final PostgresServer SERVER = PostgresServer.shared();

  private static String one(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      return row.next() ? row.getString(1) : null;
    }
  }

  @Test
  void pinsWhatColoursValuesWhateverTheDatabaseSets() throws Exception {
    String database = SERVER.createDatabase();
    SERVER.execute(
        "postgres",
        "alter database "
            + database
            + " set datestyle = 'German'; alter database "
            + database
            + " set timezone = 'Asia/Tokyo'; alter database "
            + database
            + " set search_path = 'public'; alter database "
            + database
            + " set statement_timeout = '1h'; alter database "
            + database
            + " set extra_float_digits = -5; alter database "
            + database
            + " set standard_conforming_strings = off; alter database "
            + database
            + " set array_nulls = off; alter database "
            + database
            + " set jit = on; alter database "
            + database
            + " set default_transaction_isolation = 'serializable'");
    try (TestStore store = new TestStore(SERVER.uri(database));
        Connection connection = store.sessions().open(database)) {
      assertThat(one(connection, "show datestyle")).isEqualTo("ISO, YMD");
      assertThat(one(connection, "show timezone")).isEqualTo("UTC");
      assertThat(one(connection, "show search_path")).isEmpty();
      assertThat(one(connection, "show statement_timeout")).isEqualTo("0");
      assertThat(one(connection, "show extra_float_digits")).isEqualTo("3");
      assertThat(one(connection, "show row_security")).isEqualTo("off");
      assertThat(one(connection, "show standard_conforming_strings")).isEqualTo("on");
      assertThat(one(connection, "show array_nulls")).isEqualTo("on");
      assertThat(one(connection, "show jit")).isEqualTo("off");
      assertThat(one(connection, "show transaction_isolation")).isEqualTo("read committed");
      assertThat(one(connection, "show application_name")).isEqualTo("godwit");
      assertThat(one(connection, "show client_encoding")).isEqualTo("UTF8");
    }
  }

  @Test
  void opensDatabasesOfAnyName() throws Exception {
    String database = "a b/c?d%e&f=+é😀\"" + ProcessHandle.current().pid();
    SERVER.execute("postgres", "create database \"" + database.replace("\"", "\"\"") + '"');
    try (TestStore store = new TestStore(SERVER.uri(""));
        Connection connection = store.sessions().open(database)) {
      assertThat(one(connection, "select current_database()")).isEqualTo(database);
    }
  }

  @Test
  void saysThatNobodyListens() {
    int port = FreePort.choose(); // which nobody else takes
    try (TestStore store = new TestStore("postgresql://me:s3cret@127.0.0.1:" + port + "/shop")) {
      GodwitException failure =
          TestStore.refused(ExitCode.SOURCE_UNREACHABLE, () -> store.sessions().open("shop"));
      assertThat(failure.getMessage()).contains("127.0.0.1:" + port).doesNotContain("s3cret");
      assertThat(failure.hint()).isPresent();
    }
  }

  @Test
  void saysThatTheDatabaseDoesNotExist() {
    try (TestStore store = new TestStore(SERVER.uri("no_such_database"))) {
      GodwitException failure =
          TestStore.refused(
              ExitCode.SOURCE_UNREACHABLE, () -> store.sessions().open("no_such_database"));
      assertThat(failure.getMessage()).contains("no database 'no_such_database'");
    }
  }

  @Test
  void saysWhatToGrantToWhomTheDatabaseIsClosed() {
    String database = SERVER.createDatabase();
    SERVER.execute(
        database,
        "create role %1$s_user login; revoke connect on database %1$s from public"
            .formatted(database));
    try (TestStore store =
        new TestStore(SERVER.uri(database).replace("postgres@", database + "_user@"))) {
      GodwitException failure =
          TestStore.refused(ExitCode.SOURCE_UNREACHABLE, () -> store.sessions().open(database));
      assertThat(failure.getMessage()).contains("permission denied for database");
      assertThat(failure.hint().orElseThrow()).contains("grant connect on database " + database);
    }
  }

  @Test
  void namesTheOptionsWhereOneIsUnknown() {
    try (TestStore store = new TestStore(SERVER.uri("postgres") + "?sslmod=require")) {
      GodwitException failure = TestStore.refused(ExitCode.USAGE, store::sessions);
      assertThat(failure.getMessage()).contains("sslmod");
      assertThat(failure.hint().orElseThrow()).contains("sslmode", "lock-timeout");
    }
  }

  @Test
  void cancellingReachesAStatementOnTheServer() throws Exception {
    try (TestStore store = new TestStore(SERVER.uri("postgres"))) {
      Sessions sessions = store.sessions();
      Connection connection = sessions.open("postgres");
      String pid = one(connection, "select pg_backend_pid()");
      CompletableFuture<Throwable> ended =
          CompletableFuture.supplyAsync(
              () -> {
                try {
                  return new AssertionError(one(connection, "select pg_sleep(3600)"));
                } catch (SQLException e) {
                  return e;
                }
              });
      try (Connection observer = SERVER.connect("postgres")) {
        String active =
            "select count(*) from pg_stat_activity where wait_event = 'PgSleep' and pid = " + pid;
        until(observer, active, "1");
        store.cancellation.cancel(ExitCode.INTERRUPTED);
        assertThat(ended.get(Observer.PATIENCE.toSeconds(), TimeUnit.SECONDS))
            .isInstanceOf(SQLException.class);
        until(observer, "select count(*) from pg_stat_activity where pid = " + pid, "0");
      }
      assertThatThrownBy(() -> sessions.open("postgres")).isInstanceOf(CancelledException.class);
    }
  }

  private static void until(Connection observer, String sql, String wanted) throws SQLException {
    Instant late = Instant.now().plus(Observer.PATIENCE);
    while (!wanted.equals(one(observer, sql))) {
      assertThat(Instant.now()).as(sql).isBefore(late);
      Thread.onSpinWait();
    }
  }
}
