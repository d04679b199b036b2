package dev.godwit.extractor.postgresql.read;

import static org.assertj.core.api.Assertions.assertThat;

import dev.godwit.extractor.postgresql.Observer;
import dev.godwit.extractor.postgresql.TestStore;
import dev.godwit.spi.error.ExitCode;
import dev.godwit.spi.error.GodwitException;
import dev.godwit.spi.extract.ExtractRun;
import dev.godwit.testkit.server.PostgresServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A user who was granted the tables, and not the sequences. */
class SequenceRightsTest {
  private static final PostgresServer SERVER = PostgresServer.shared();

  private final String database = SERVER.createDatabase();
  private final String role = "reader_" + database;
  private final Observer owner = new Observer(SERVER, database);
  private final TestStore store =
      new TestStore(SERVER.uri(database).replaceFirst("//[^@]*@", "//" + role + "@"));

  @BeforeEach
  void fill() throws Exception {
    owner.run(
        "create role " + role + " login; create table t (id serial); create sequence \"S 2\"");
    owner.run("grant select on table t to " + role);
  }

  @AfterEach
  void close() throws Exception {
    owner.close();
    store.close();
  }

  @Test
  void isToldOfAllOfThemBeforeTheDataIsRead() throws Exception {
    try (ExtractRun run = store.begin()) {
      GodwitException failure = TestStore.refused(ExitCode.FAILED, () -> run.catalogue().objects());
      assertThat(failure.getMessage())
          .isEqualTo(
              "cannot read where 2 sequences stand: permission denied for "
                  + database
                  + ".public.\"S 2\", "
                  + database
                  + ".public.t_id_seq");
      assertThat(failure.hint().orElseThrow())
          .startsWith("grant select on all sequences in schema public to the user");
    }
  }

  @Test
  void isToldOfNoneThatIsNotTaken() throws Exception {
    owner.run("create table u (id int); grant select on table u to " + role);
    try (ExtractRun run = store.begin(TestStore.including("u"))) {
      assertThat(run.catalogue().objects()).isNotEmpty();
      assertThat(run.conclude().state()).isEmpty();
    }
  }

  @Test
  void readsThemOnceGranted() throws Exception {
    owner.run("grant select on all sequences in schema public to " + role);
    try (ExtractRun run = store.begin()) {
      assertThat(run.catalogue().objects()).isNotEmpty();
      assertThat(run.conclude().state()).hasSize(2);
    }
  }
}
