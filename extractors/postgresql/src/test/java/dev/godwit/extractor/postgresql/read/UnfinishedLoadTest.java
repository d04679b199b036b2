package dev.godwit.extractor.postgresql.read;

import static org.assertj.core.api.Assertions.assertThat;

import dev.godwit.extractor.postgresql.TestStore;
import dev.godwit.testkit.server.PostgresServer;
import org.junit.jupiter.api.Test;

/** What a load left that was killed is not taken for a whole database in silence. */
class UnfinishedLoadTest {
  @Test
  void isTold() {
    PostgresServer server = PostgresServer.shared();
    String database = server.createDatabase();
    server.execute(database, "create table t (i int); create schema _godwit");
    try (TestStore store = new TestStore(server.uri(database))) {
      store.begin().close();
      assertThat(store.warnings).isEmpty();
      server.execute(database, "create table _godwit.plan (id text)");
      store.begin().close();
      assertThat(store.warnings)
          .singleElement()
          .asString()
          .isEqualTo(
              "database '%s' holds a load that did not come to its end (schema _godwit): what it"
                  + " lacks is lacking here too",
              database);
    }
  }
}
