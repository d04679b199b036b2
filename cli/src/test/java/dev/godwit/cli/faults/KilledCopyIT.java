package dev.godwit.cli.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.godwit.testkit.server.PostgresServer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A copy killed at any moment: the target stays valid, and the next copy sends what is missing. */
class KilledCopyIT {
  private static final int KILLS = Killing.times(12);

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({
    "FOLDER, PLAIN, PLAIN",
    "FOLDER, ENCRYPTED, ENCRYPTED",
    "BUCKET, PLAIN, PLAIN",
    "BUCKET, PLAIN, ENCRYPTED"
  })
  void theTargetIsAlwaysValidAndNothingIsSentTwice(
      Ground.Kind kind, Ground.Form from, Ground.Form to) throws Exception {
    PostgresServer server = PostgresServer.shared();
    String shop = server.createDatabase();
    Rows rows = new Rows(server, shop);
    rows.make(100_000);
    Sealed sealed = new Sealed();
    try (Ground here = Ground.Kind.FOLDER.in(folder);
        Ground ground = kind.in(folder)) {
      VaultAt vault = here.vault("vault", from, folder);
      for (int i = 0; i < 3; i++) {
        rows.changeSome(i);
        vault.done("backup", "-q", server.uri(shop), vault.uri());
        sealed.add(Snapshots.newest(vault), rows);
      }
      VaultAt whole = ground.vault("whole", to, folder);
      long begun = System.nanoTime();
      assertThat(copy(vault, whole).status()).isZero();
      Killing killing = new Killing(3, Duration.ofNanos(System.nanoTime() - begun));
      List<String> all = Snapshots.in(vault);
      long once = whole.stored();

      int targets = 0;
      for (int kill = 0; kill < KILLS; targets++) {
        VaultAt target = ground.vault("target-" + targets, to, folder);
        boolean ended = false;
        // Killed up to four times before it may end, so that what was taken up is taken up again.
        for (int blow = 0; blow < 4 && !ended; blow++) {
          Launched copy = copy(vault, target);
          ended = !killing.strikes(copy);
          target.done("check", "--read-data", target.uri());
          List<String> there = Snapshots.firstMadeAs(target);
          assertThat(there).isEqualTo(all.subList(0, Math.min(there.size(), all.size())));
          if (ended) {
            assertThat(copy.status()).as(copy.printed()).isZero();
            assertThat(there).isEqualTo(all);
          } else {
            kill++;
          }
        }
        Launched last = copy(vault, target);
        assertThat(last.status()).as(last.printed()).isZero();
        assertThat(Snapshots.firstMadeAs(target)).isEqualTo(all);
        target.done("check", "--read-data", target.uri());
        // What a killed copy loses are volumes that were not sealed: never stored, so not twice.
        assertThat(target.stored()).isLessThan(once + (once / 100) + 100_000);
        sealed.requireAll(target, server);
      }
    }
    server.execute("postgres", "drop database " + shop + " with (force)");
  }

  /** Logged in to both; what opens the target is told apart from what opens the source. */
  private static Launched copy(VaultAt from, VaultAt to) throws Exception {
    Map<String, String> login = new HashMap<>(to.login());
    String identity = login.remove("GODWIT_VAULT_IDENTITY");
    if (identity != null) {
      login.put("GODWIT_TARGET_VAULT_IDENTITY", identity);
    }
    login.putAll(from.login());
    return Launched.in(login, "copy", "-q", "--all", from.uri(), to.uri());
  }
}
