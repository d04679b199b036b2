package dev.godwit.extractor.postgresql.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.godwit.extractor.postgresql.Observer;
import dev.godwit.extractor.postgresql.Rows;
import dev.godwit.extractor.postgresql.TestStore;
import dev.godwit.spi.dataset.Dataset;
import dev.godwit.spi.dataset.Partition;
import dev.godwit.spi.error.CancelledException;
import dev.godwit.spi.error.ExitCode;
import dev.godwit.spi.error.GodwitException;
import dev.godwit.spi.extract.ExtractRun;
import dev.godwit.spi.extract.RecordReader;
import dev.godwit.spi.name.DatasetFilter;
import dev.godwit.spi.name.DatasetPattern;
import dev.godwit.spi.record.LargeValue;
import dev.godwit.spi.record.RecordItem;
import dev.godwit.testkit.server.PostgresServer;
import java.io.OutputStream;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Reading that is cut off, cancelled, or meets a value that does not fit into memory. */
class BrokenReadTest {
  private static final PostgresServer SERVER = PostgresServer.shared();
  private static final String OURS = "application_name = 'godwit' and datname = current_database()";

  private static final String DATABASE = SERVER.createDatabase();

  private final Observer other = new Observer(SERVER, DATABASE);

  @BeforeAll
  static void fill() {
    SERVER.execute(
        DATABASE,
        "create table t (id int, pad text);"
            + " insert into t select i, repeat('x', 100) from generate_series(1, 200000) i");
  }

  @AfterEach
  void close() throws Exception {
    other.close();
  }

  private TestStore store(boolean raw) {
    return new TestStore(SERVER.uri(DATABASE) + "?raw-copy=" + raw);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aKilledConnectionIsAFailureThatSaysSo(boolean raw) throws Exception {
    try (TestStore store = store(raw);
        ExtractRun run = store.begin()) {
      Dataset dataset = Rows.dataset(run, "t");
      try (RecordReader reader = Rows.open(run, dataset, Rows.partitions(run, dataset).get(0))) {
        assertThat(reader.next()).isNotNull();
        other.run(
            "select pg_terminate_backend(pid, 300000) from pg_stat_activity where "
                + OURS
                + " and query like 'copy%'");
        GodwitException failure =
            TestStore.refused(
                ExitCode.FAILED,
                () -> {
                  while (reader.next() != null) {}
                });
        assertThat(failure.getMessage()).contains(dataset.name().toString(), "lost");
      }
    }
  }

  /** Ends the session that holds it. */
  private void endTheSnapshot() throws Exception {
    other.run(
        "select pg_terminate_backend(pid, 300000) from pg_stat_activity where "
            + OURS
            + " and backend_xmin is not null");
  }

  @Test
  void aLostSnapshotIsFoundAtTheEnd() throws Exception {
    try (TestStore store = store(true);
        ExtractRun run = store.begin()) {
      endTheSnapshot();
      TestStore.refused(ExitCode.FAILED, run::conclude);
      TestStore.refused(ExitCode.FAILED, () -> Rows.of(run, "t"));
    }
  }

  @Test
  void whatEndedTheSnapshotIsToldToWhoComesForIt() throws Exception {
    try (TestStore store = store(true);
        ExtractRun run = store.begin()) {
      Dataset dataset = Rows.dataset(run, "t");
      endTheSnapshot();
      GodwitException failure = TestStore.refused(ExitCode.FAILED, () -> Rows.of(run, dataset));
      assertThat(failure)
          .hasMessageContaining("was lost while reading the snapshot of the run: terminating");
      assertThat(failure.hint()).isPresent();
    }
  }

  @Test
  void aConnectionLostAmidDefinitionsIsToldAsSuch() throws Exception {
    try (TestStore store = store(true);
        ExtractRun run = store.begin()) {
      endTheSnapshot();
      GodwitException failure =
          TestStore.refused(ExitCode.FAILED, () -> run.catalogue().objects().toList());
      assertThat(failure)
          .hasMessageContaining("was lost while reading the definitions: terminating");
      assertThat(failure.hint()).isPresent();
    }
  }

  @Test
  void whatBrokeTheSnapshotIsToldAndNotThatItIsGone() throws Exception {
    String ascii = DATABASE + "_ascii";
    SERVER.execute(
        "postgres",
        "create database "
            + ascii
            + " encoding 'SQL_ASCII' lc_collate 'C' lc_ctype 'C' template template0");
    SERVER.execute(ascii, "create table t (id int); insert into t values (1)");
    SERVER.execute(ascii, "comment on table t is E'\\xfc'");
    try (TestStore store = new TestStore(SERVER.uri(ascii));
        ExtractRun run = store.begin()) {
      Dataset dataset = Rows.dataset(run, "t");
      GodwitException cause =
          TestStore.refused(ExitCode.FAILED, () -> run.catalogue().objects().toList());
      assertThat(cause).hasMessageContaining("invalid byte sequence");
      GodwitException failure = TestStore.refused(ExitCode.FAILED, () -> Rows.of(run, dataset));
      assertThat(failure).hasMessage(cause.getMessage());
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void cancellingEndsAReadThatWaitsForTheServer(boolean raw) throws Exception {
    DatasetFilter slow =
        new DatasetFilter(
            List.of(DatasetPattern.parse("t")),
            List.of(),
            List.of(
                new DatasetFilter.Where(
                    DatasetPattern.parse("t"), "id < 3 and pg_sleep(3600)::text is not null")),
            List.of());
    try (TestStore store = store(raw);
        ExtractRun run = store.begin(slow)) {
      Dataset dataset = Rows.dataset(run, "t");
      CompletableFuture<Throwable> ended =
          CompletableFuture.supplyAsync(() -> catchThrowable(() -> Rows.of(run, dataset)));
      other.until("select count(*) from pg_stat_activity where wait_event = 'PgSleep'", "1");
      store.cancellation.cancel(ExitCode.INTERRUPTED);
      assertThat(ended.get(Observer.PATIENCE.toSeconds(), TimeUnit.SECONDS))
          .isInstanceOf(CancelledException.class);
      other.until("select count(*) from pg_stat_activity where " + OURS, "0");
    }
  }

  @Test
  void aValueOfAHundredMegabytesPassesThroughLittleMemory() throws Exception {
    other.run(
        "create table big (id int, body bytea, note text);"
            + " alter table big alter body set storage external;"
            + " insert into big select 1, convert_to(repeat('0123456789', 10000000), 'UTF8'), 'n'");
    try (TestStore store = store(true);
        ExtractRun run = store.begin(TestStore.including("big"))) {
      Dataset dataset = Rows.dataset(run, "big");
      long length = 0;
      int rows = 0;
      for (Partition partition : Rows.partitions(run, dataset)) {
        try (RecordReader reader = Rows.open(run, dataset, partition)) {
          for (RecordItem item; (item = reader.next()) != null; ) {
            if (item instanceof LargeValue value) {
              length += value.bytes().transferTo(OutputStream.nullOutputStream());
            } else {
              rows++;
            }
          }
        }
      }
      assertThat(length).isEqualTo(100_000_000);
      assertThat(rows).isEqualTo(1);
      assertThat(store.allocator.getPeakMemoryAllocation()).isLessThan(48L << 20);
    }
  }

  @Test
  void refusesToGoOnOnceCancelled() {
    try (TestStore store = store(true);
        ExtractRun run = store.begin()) {
      Dataset dataset = Rows.dataset(run, "t");
      store.cancellation.cancel(ExitCode.TERMINATED);
      assertThatThrownBy(() -> Rows.of(run, dataset)).isInstanceOf(CancelledException.class);
    }
  }
}
