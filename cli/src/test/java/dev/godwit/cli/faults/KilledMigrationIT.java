package dev.godwit.cli.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.godwit.testkit.server.PostgresServer;
import dev.godwit.testkit.server.mongo.MongoServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A migration killed at any moment. By way of a vault, given again, it goes on with the load that
 * was begun, or else starts over, says which, and every row is there exactly once. Without one,
 * what it left is never taken for the whole.
 */
class KilledMigrationIT {
  private static final int LEAST = 4;
  private static final int MOST = 200;

  @TempDir Path folder;

  @Test
  void givenAgainItComesToItsEnd() throws Exception {
    PostgresServer server = PostgresServer.shared();
    String shop = server.createDatabase();
    Rows rows = new Rows(server, shop);
    rows.make(150_000);
    String first = server.createDatabase();
    long begun = System.nanoTime();
    assertThat(migrate(server.uri(shop), server.uri(first), "first").status()).isZero();
    Killing killing = new Killing(20261121, Duration.ofNanos(System.nanoTime() - begun));
    server.execute("postgres", "drop database " + first);

    Set<String> said = new TreeSet<>();
    for (int kill = 0; kill < LEAST || (said.size() < 2 && kill < MOST); kill++) {
      String copy = server.createDatabase();
      String vault = "vault" + kill;
      Launched killed = migrate(server.uri(shop), server.uri(copy), vault);
      boolean ended = !killing.strikes(killed);
      Rows loaded = new Rows(server, copy);
      loaded.awaitNoSessions();
      if (!ended && !loaded.sealed()) {
        boolean loading = loaded.loading();
        Launched again = migrate(server.uri(shop), server.uri(copy), vault);
        assertThat(again.status()).as(again.printed()).isZero();
        if (loading) {
          assertThat(again.printed()).contains("goes on with the load of snapshot");
          said.add("goes on");
        } else {
          assertThat(again.printed()).doesNotContain("goes on");
          said.add("starts over");
        }
      }
      assertThat(loaded.fingerprint()).isEqualTo(rows.fingerprint());
      assertThat(loaded.objects()).isEqualTo(rows.objects());
      server.execute("postgres", "drop database " + copy + " with (force)");
    }
    assertThat(said).as("killed in both halves").hasSize(2);
    assertThat(Files.exists(folder.resolve("vault0"))).isTrue();
  }

  @Test
  void whatALiveOneLeftInAnotherKindOfStoreIsRefused() throws Exception {
    PostgresServer server = PostgresServer.shared();
    MongoServer documents = MongoServer.shared();
    String shop = server.createDatabase();
    int count = 60_000;
    new Rows(server, shop).make(count);
    String whole = documents.freeName();
    long begun = System.nanoTime();
    assertThat(live(server.uri(shop), documents.uri(whole)).status()).isZero();
    Killing killing = new Killing(20261122, Duration.ofNanos(System.nanoTime() - begun));
    documents.drop(whole);

    int unfinished = 0;
    for (int kill = 0; kill < LEAST || (unfinished < 2 && kill < MOST); kill++) {
      String copy = documents.freeName();
      Launched killed = live(server.uri(shop), documents.uri(copy));
      killing.strikes(killed);
      Launched again = live(server.uri(shop), documents.uri(copy));
      int status = again.status();
      if (status == 0) { // it was killed before it wrote anything
        assertThat(documents.documents(copy, "notes")).hasSize(count);
        assertThat(documents.documents(copy, "tags")).hasSize(count);
      } else if (again.printed().contains("an unfinished load is in database " + copy)) {
        assertThat(again.printed()).contains("starts over", "--via VAULT");
        assertThat(status).isEqualTo(1);
        unfinished++;
      } else { // it was killed when all was done
        assertThat(again.printed()).contains("is there already");
        assertThat(documents.documents(copy, "tags")).hasSize(count);
      }
      documents.drop(copy);
    }
    assertThat(unfinished).as("killed in the middle").isPositive();
  }

  /** Nothing of it is needed by then, and a target that is whole is not to be dropped. */
  @Test
  void aSourceThatGoesAmidTheLastCommitIsNotMissed() throws Exception {
    PostgresServer server = PostgresServer.shared();
    String shop = server.createDatabase();
    Rows rows = new Rows(server, shop);
    rows.make(1000);
    try (PostgresServer own = PostgresServer.start(Map.of())) {
      String copy = own.createDatabase();
      Observer observer = new Observer(own, copy);
      // The last commit alone waits for the disk, and so for a standby that never comes.
      own.execute(copy, "alter system set synchronous_standby_names = 'none'");
      own.execute(copy, "select pg_reload_conf()");
      Launched migrate = live(server.uri(shop), own.uri(copy));
      observer.await("exists (select from pg_stat_activity where wait_event = 'SyncRep')");
      server.execute(
          "postgres",
          "select pg_terminate_backend(pid) from pg_stat_activity where datname = '" + shop + "'");
      own.execute(copy, "alter system reset synchronous_standby_names");
      own.execute(copy, "select pg_reload_conf()");
      assertThat(migrate.status()).as(migrate.printed()).isZero();
      assertThat(new Rows(own, copy).fingerprint()).isEqualTo(rows.fingerprint());
    }
  }

  private static Launched live(String shop, String target) throws Exception {
    return Launched.of("migrate", "--jobs", "2", shop, target);
  }

  private Launched migrate(String shop, String target, String vault) throws Exception {
    return Launched.of(
        "migrate", "--jobs", "2", shop, target, "--via", folder.resolve(vault).toString());
  }
}
