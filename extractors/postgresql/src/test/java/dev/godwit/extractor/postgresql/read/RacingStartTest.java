package dev.godwit.extractor.postgresql.read;

import static org.assertj.core.api.Assertions.assertThat;

import dev.godwit.extractor.postgresql.Observer;
import dev.godwit.extractor.postgresql.Rows;
import dev.godwit.extractor.postgresql.TestStore;
import dev.godwit.spi.dataset.SchemaObject;
import dev.godwit.spi.error.ExitCode;
import dev.godwit.spi.error.GodwitException;
import dev.godwit.spi.extract.ExtractRun;
import dev.godwit.testkit.row.Row;
import dev.godwit.testkit.server.PostgresServer;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Definitions that change while a run locks its tables. */
class RacingStartTest {
  private static final PostgresServer SERVER = PostgresServer.shared();

  /** Of two tasks one waits for the other: they must not share the one thread of a small pool. */
  private static final Executor BESIDE = task -> new Thread(task, "beside").start();

  private final String database = SERVER.createDatabase();
  private final TestStore store = new TestStore(SERVER.uri(database));
  private final Observer other = new Observer(SERVER, database);

  @BeforeEach
  void fill() throws Exception {
    other.run(
        "create table a (id int); insert into a select generate_series(1, 100);"
            + " create table z (id int); insert into z values (1)");
  }

  @AfterEach
  void close() throws Exception {
    other.close();
    store.close();
  }

  /** The rows that a run reads which began to lock before the transaction was committed. */
  private Map<String, List<Row>> readAcross(String transaction, String meanwhile) throws Exception {
    other.run("begin; " + transaction);
    CompletableFuture<ExtractRun> begun = CompletableFuture.supplyAsync(store::begin);
    try (Observer third = new Observer(SERVER, database)) {
      third.until(
          "select (count(*) > 0)::text from pg_locks where not granted"
              + " and mode = 'AccessShareLock' and relation is not null",
          "true");
      if (!meanwhile.isEmpty()) {
        third.run(meanwhile);
      }
    }
    other.run("commit");
    try (ExtractRun run = begun.get(Observer.PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
      return Rows.all(run);
    }
  }

  @Test
  void showsWhatATruncationLeft() throws Exception {
    Map<String, List<Row>> rows = readAcross("truncate a; insert into a values (7)", "");
    assertThat(Rows.numbers(rows.get("a"), 0)).containsExactly(7L);
  }

  @Test
  void showsWhatARewriteLeft() throws Exception {
    Map<String, List<Row>> rows =
        readAcross("alter table a alter id type bigint using id + 1000", "");
    assertThat(Rows.numbers(rows.get("a"), 0)).hasSize(100).allMatch(id -> id > 1000);
  }

  @Test
  void doesWithoutADroppedTable() throws Exception {
    assertThat(readAcross("drop table a", "").keySet()).containsExactly("z");
  }

  @Test
  void takesATableThatCameMeanwhile() throws Exception {
    Map<String, List<Row>> rows =
        readAcross("lock table z", "create table m (id int); insert into m values (5)");
    assertThat(rows.keySet()).containsExactly("a", "m", "z");
    assertThat(Rows.numbers(rows.get("m"), 0)).containsExactly(5L);
  }

  @Test
  void followsARename() throws Exception {
    Map<String, List<Row>> rows =
        readAcross("alter table a rename to b; create table a (other text)", "");
    assertThat(rows.keySet()).containsExactly("a", "b", "z");
    assertThat(rows.get("b")).hasSize(100);
    assertThat(rows.get("a")).isEmpty();
  }

  /** To spell out defaults, indexes and checks, the server locks their table. */
  @Test
  void definitionsDoNotWaitForWhoWaitsForTheRun() throws Exception {
    other.run(
        "alter table a add column d serial; create index spelled on a ((d + 1));"
            + " alter table a add check (d > 0)");
    CompletableFuture<Void> truncated;
    try (ExtractRun run = store.begin();
        Observer third = new Observer(SERVER, database)) {
      truncated = CompletableFuture.runAsync(() -> SERVER.execute(database, "truncate a"), BESIDE);
      third.until(
          "select (count(*) > 0)::text from pg_locks where not granted"
              + " and mode = 'AccessExclusiveLock'",
          "true");
      List<String> definitions =
          CompletableFuture.supplyAsync(
                  () -> run.catalogue().objects().map(SchemaObject::definition).toList(), BESIDE)
              .get(Observer.PATIENCE.toSeconds(), TimeUnit.SECONDS);
      assertThat(definitions).anyMatch(text -> text.contains("spelled"));
      assertThat(truncated.isDone()).isFalse();
    }
    truncated.get(Observer.PATIENCE.toSeconds(), TimeUnit.SECONDS);
  }

  @Test
  void namesWhoHoldsATableForTooLong() throws Exception {
    other.run("begin; alter table a add column more int");
    try (TestStore impatient = new TestStore(SERVER.uri(database) + "?lock-timeout=1")) {
      GodwitException failure = TestStore.refused(ExitCode.FAILED, impatient::begin);
      assertThat(failure.getMessage())
          .contains(database + ".public.a", other.one("select pg_backend_pid()"), "alter table a");
      assertThat(failure.hint().orElseThrow()).contains("lock-timeout");
    }
    other.run("rollback");
  }

  @Test
  void leavesNothingOpenWhereItFails() throws Exception {
    TestStore.refused(ExitCode.USAGE, () -> store.begin(TestStore.including("no_such_table")));
    other.until(
        "select count(*) from pg_stat_activity where application_name = 'godwit'"
            + " and datname = current_database()",
        "0");
  }
}
