package dev.godwit.extractor.postgresql.read;

import static org.assertj.core.api.Assertions.assertThat;

import dev.godwit.extractor.postgresql.Observer;
import dev.godwit.extractor.postgresql.TestStore;
import dev.godwit.spi.dataset.SchemaObject;
import dev.godwit.spi.error.ExitCode;
import dev.godwit.spi.extract.ExtractRun;
import dev.godwit.testkit.server.PostgresServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What no table's lock holds is dropped while a run reads. */
class DroppedTest {
  private static final PostgresServer SERVER = PostgresServer.shared();

  private final String database = SERVER.createDatabase();
  private final TestStore store = new TestStore(SERVER.uri(database));
  private final Observer other = new Observer(SERVER, database);

  @BeforeEach
  void fill() throws Exception {
    other.run(
        "create function f() returns int language sql as 'select 1';"
            + " create aggregate g(int) (sfunc = int4pl, stype = int);"
            + " create sequence s; create sequence t start 5;"
            + " create materialized view m as select 1 as n; create index i on m (n)");
  }

  @AfterEach
  void close() throws Exception {
    other.close();
    store.close();
  }

  @Test
  void endsWellOnceTheDefinitionsAreRead() throws Exception {
    try (ExtractRun run = store.begin()) {
      assertThat(run.catalogue().objects().map(SchemaObject::definition))
          .anyMatch(text -> text.contains("FUNCTION public.f()"));
      other.run("drop function f(); drop sequence s; alter sequence t rename to u");
      assertThat(run.conclude().state())
          .singleElement()
          .extracting(SchemaObject::definition)
          .isEqualTo("SELECT pg_catalog.setval('public.t'::pg_catalog.regclass, 5, false)");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"drop function f()", "drop aggregate g(int)", "drop index i"})
  void isRefusedWhereItsDefinitionCannotBeRead(String dropping) throws Exception {
    try (ExtractRun run = store.begin()) {
      other.run(dropping);
      assertThat(
              TestStore.refused(ExitCode.FAILED, () -> run.catalogue().objects().toList())
                  .getMessage())
          .contains("dropped");
    }
  }
}
