package dev.godwit.extractor.postgresql.read;

import static org.assertj.core.api.Assertions.assertThat;

import dev.godwit.extractor.postgresql.Observer;
import dev.godwit.extractor.postgresql.TestStore;
import dev.godwit.spi.error.ExitCode;
import dev.godwit.spi.error.GodwitException;
import dev.godwit.testkit.server.PostgresServer;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ManyTablesTest {
  @Test
  void saysHowMuchRoomForLocksTheServerNeeds() throws Exception {
    try (PostgresServer server =
            PostgresServer.start(
                Map.of("max_locks_per_transaction", "10", "max_connections", "10"));
        TestStore store = new TestStore(server.uri("postgres"))) {
      try (Observer admin = new Observer(server, "postgres")) {
        for (int i = 0; i < 2_000; i++) {
          admin.run("create table t" + i + " (id int)");
        }
      }
      GodwitException failure = TestStore.refused(ExitCode.FAILED, store::begin);
      assertThat(failure.getMessage()).contains("2000 tables");
      assertThat(failure.hint().orElseThrow()).contains("max_locks_per_transaction", "210");
    }
  }
}
