package dev.godwit.cli.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.godwit.cli.Invocation;
import dev.godwit.testkit.server.PostgresServer;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two backups into one vault at once, and a prune beside them. */
class TwoWritersIT {
  @TempDir Path folder;

  @Test
  void bothSucceed() throws Exception {
    PostgresServer server = PostgresServer.shared();
    String[] databases = {server.createDatabase(), server.createDatabase()};
    String vault = folder.resolve("vault").toString();
    assertThat(Invocation.of("init", vault).status()).isZero();
    for (String database : databases) {
      new Rows(server, database).make(60_000);
    }
    for (int round = 0; round < 3; round++) {
      Launched one = Launched.of("backup", "-q", server.uri(databases[0]), vault);
      Launched two = Launched.of("backup", "-q", server.uri(databases[1]), vault);
      Launched prune = Launched.of("prune", "-q", vault, "--keep-last", "1");
      assertThat(one.status()).as("%s", one.printed()).isZero();
      assertThat(two.status()).as("%s", two.printed()).isZero();
      assertThat(prune.status()).as("%s", prune.printed()).isZero();
    }
    assertThat(Invocation.of("prune", "-q", vault, "--keep-last", "1").status()).isZero();
    assertThat(Snapshots.in(vault)).hasSize(2);
    Invocation check = Invocation.of("check", "--read-data", vault);
    assertThat(check.status()).as(check.out()).isZero();
    for (String database : databases) {
      Invocation compare =
          Invocation.of(
              "compare", "--source-b", sourceOf(vault, database), server.uri(database), vault);
      assertThat(compare.status()).as(compare.out() + compare.err()).isZero();
    }
  }

  private static String sourceOf(String vault, String database) throws Exception {
    var snapshots =
        new com.fasterxml.jackson.databind.ObjectMapper()
            .readTree(Invocation.of("list", "--json", vault).out())
            .get("snapshots");
    for (var snapshot : snapshots) {
      if (snapshot.get("database").asText().equals(database)) {
        return snapshot.get("source").asText();
      }
    }
    throw new AssertionError(database);
  }
}
