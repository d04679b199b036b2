package dev.godwit.extractor.postgresql.read;

import static org.assertj.core.api.Assertions.assertThat;

import dev.godwit.extractor.postgresql.Rows;
import dev.godwit.extractor.postgresql.TestStore;
import dev.godwit.spi.dataset.Dataset;
import dev.godwit.spi.dataset.Partition;
import dev.godwit.spi.dataset.SchemaObject;
import dev.godwit.spi.error.ExitCode;
import dev.godwit.spi.error.GodwitException;
import dev.godwit.spi.extract.ExtractRun;
import dev.godwit.testkit.server.PostgresServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** A hot standby, which has what its primary logs and nothing else. */
class StandbyTest {
  private static final PostgresServer STANDBY =
      PostgresServer.standby(
          primary -> {
            primary.execute("postgres", "create database sequences");
            primary.execute(
                "sequences",
                """
                create table t (id int generated always as identity);
                insert into t select from generate_series(1, 7);
                create unlogged sequence tickets;
                create sequence bills;
                select nextval('tickets'), nextval('bills')
                """);
            primary.execute("postgres", "create database tables");
            primary.execute(
                "tables",
                """
                create table large as select generate_series(1, 10000) i;
                create unlogged table fast (i int);
                insert into fast values (1);
                create unlogged table swift (id serial)
                """);
          });

  @AfterAll
  static void stop() {
    STANDBY.close();
  }

  @Test
  void whereUnloggedSequencesStandIsLeftOutAndTold() {
    try (TestStore store = new TestStore(STANDBY.uri("sequences"));
        ExtractRun run = store.begin()) {
      assertThat(run.catalogue().objects().map(SchemaObject::definition))
          .anyMatch(definition -> definition.startsWith("CREATE UNLOGGED SEQUENCE public.tickets"));
      assertThat(Rows.numbers(Rows.of(run, "t"), 0)).hasSize(7);
      for (int each = 0; each < 2; each++) {
        assertThat(run.conclude().state().stream().map(SchemaObject::id))
            .containsExactly("sequence state:public.bills", "sequence state:public.t_id_seq");
      }
      assertThat(store.warnings)
          .singleElement()
          .asString()
          .startsWith("where 1 unlogged sequence stands is left out")
          .contains(": sequences.public.tickets; ");
    }
  }

  @Test
  void aPromotionIsToldAsSuch() {
    try (PostgresServer standby =
            PostgresServer.standby(primary -> primary.execute("postgres", "create table t ()"));
        TestStore store = new TestStore(standby.uri("postgres"));
        ExtractRun run = store.begin()) {
      Dataset table = Rows.dataset(run, "t");
      Partition partition = Rows.partitions(run, table).get(0);
      standby.execute("postgres", "select pg_promote()");
      GodwitException failure =
          TestStore.refused(ExitCode.FAILED, () -> Rows.open(run, table, partition));
      assertThat(failure).hasMessage("the standby was promoted while it was read");
    }
  }

  @Test
  void unloggedTablesAreRefusedBeforeAnythingIsRead() {
    try (TestStore store = new TestStore(STANDBY.uri("tables"));
        ExtractRun run = store.begin()) {
      Dataset first = Rows.datasets(run).get(0);
      Partition partition = Rows.partitions(run, first).get(0);
      GodwitException failure =
          TestStore.refused(ExitCode.FAILED, () -> Rows.open(run, first, partition));
      assertThat(failure)
          .hasMessage(
              "cannot read tables.public.fast: it is unlogged, and a standby has none of its rows");
      assertThat(failure.hint().orElseThrow())
          .endsWith("unlogged: tables.public.fast, tables.public.swift");
      assertThat(Rows.of(run, "large")).hasSize(10_000);
    }
  }
}
