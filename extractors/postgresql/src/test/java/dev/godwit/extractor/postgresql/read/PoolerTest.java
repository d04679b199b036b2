package dev.godwit.extractor.postgresql.read;

import static org.assertj.core.api.Assertions.assertThat;

import dev.godwit.extractor.postgresql.TestStore;
import dev.godwit.extractor.postgresql.session.Session;
import dev.godwit.extractor.postgresql.session.Sessions;
import dev.godwit.spi.error.ExitCode;
import dev.godwit.spi.error.GodwitException;
import dev.godwit.spi.extract.ExtractRequest;
import dev.godwit.spi.name.DatasetFilter;
import dev.godwit.spi.store.Source;
import dev.godwit.testkit.server.PostgresServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A pooler may carry each transaction out on another of its connections with the server, where
 * nothing of what was set for the session holds: a reader's row security would pass rows over.
 */
class PoolerTest {
  private static final PostgresServer SERVER = PostgresServer.shared();

  private final String database = SERVER.createDatabase();
  private final TestStore store = new TestStore(SERVER.uri(database));
  private final Sessions sessions = store.sessions();
  private final ReadFailure failures = new ReadFailure(store.cancellation, sessions.display());
  private final Session holder = sessions.openSession(database);
  private final Session worker = sessions.openSession(database);

  PoolerTest() {
    SERVER.execute(database, "create table t (id int); insert into t values (1)");
  }

  @AfterEach
  void close() {
    worker.close();
    holder.close();
    store.close();
  }

  private ConsistentStart.Reached reach() {
    return new ConsistentStart(
            holder,
            worker,
            new RelationList(database, false),
            new ExtractRequest(new Source("s", database, "a"), DatasetFilter.ALL),
            new ReadOptions(10, false, false, false),
            store.cancellation,
            failures)
        .reach();
  }

  private static void refused(String setting, Runnable reading) {
    GodwitException failure = TestStore.refused(ExitCode.FAILED, reading::run);
    assertThat(failure).hasMessageEndingWith("did not last: " + setting);
    assertThat(failure.hint()).hasValueSatisfying(hint -> assertThat(hint).contains("pooler"));
  }

  @ParameterizedTest
  @CsvSource({"row_security, on", "search_path, public", "intervalstyle, iso_8601"})
  void aSessionThatIsSetOtherwiseReadsNothing(String setting, String other) throws Exception {
    ConsistentStart.Reached reached = reach();
    Relation table = reached.selection().taken().get(0);
    try (Workers workers =
        new Workers(
            sessions, database, new Coordinator(holder, reached, failures), failures, worker)) {
      workers.end(workers.begin(table));
      worker.execute("set " + setting + " = " + other);
      refused(setting, () -> workers.begin(table));
      workers.begin(table).close(); // on a connection of its own
    }
  }

  @Test
  void norDoesOneThatIsAnotherThanWasPrepared() throws Exception {
    ConsistentStart.Reached reached = reach();
    Relation table = reached.selection().taken().get(0);
    try (Workers workers =
        new Workers(
            sessions, database, new Coordinator(holder, reached, failures), failures, worker)) {
      worker.execute("deallocate all");
      refused("a prepared question", () -> workers.begin(table));
    }
  }

  @Test
  void norDoesTheRunBegin() throws Exception {
    holder.execute("set row_security = on; set extra_float_digits = 0");
    refused("extra_float_digits, row_security", this::reach);
  }
}
