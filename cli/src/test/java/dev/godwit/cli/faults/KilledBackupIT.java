package dev.godwit.cli.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.godwit.cli.Invocation;
import dev.godwit.testkit.server.PostgresServer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A backup killed at any moment: the vault stays valid, holds every snapshot that was sealed, and
 * no snapshot that was not.
 */
class KilledBackupIT {
  private static final int KILLS = Killing.times(3);

  @TempDir Path folder;

  @Test
  void theVaultIsAlwaysValid() throws Exception {
    PostgresServer server = PostgresServer.shared();
    String shop = server.createDatabase();
    Rows rows = new Rows(server, shop);
    rows.make(150_000);
    String vault = folder.resolve("vault").toString();
    Map<String, String> sealed = new HashMap<>();

    long begun = System.nanoTime();
    assertThat(backUp(server.uri(shop), vault).status()).isZero();
    Killing killing = new Killing(20261120, Duration.ofNanos(System.nanoTime() - begun));
    sealed.put(newest(vault), rows.fingerprint());

    for (int kill = 0; kill < KILLS; ) {
      rows.changeSome(kill);
      int before = Snapshots.in(vault).size();
      Launched backup = backUp(server.uri(shop), vault);
      boolean ended = backup.endedWithin(killing.moment());
      backup.kill();
      if (!ended) {
        kill++;
      }
      int after = Snapshots.in(vault).size();
      assertThat(after - before).isBetween(ended ? 1 : 0, 1);
      if (after > before) {
        sealed.put(newest(vault), rows.fingerprint());
      }
      Invocation check = Invocation.of("check", vault);
      assertThat(check.status()).as("after kill %d: %s%s", kill, check.out(), check.err()).isZero();
    }

    assertThat(backUp(server.uri(shop), vault).status()).isZero();
    sealed.put(newest(vault), rows.fingerprint());
    assertThat(Invocation.of("check", "--read-data", vault).status()).isZero();
    for (Map.Entry<String, String> snapshot : sealed.entrySet()) {
      String copy = server.createDatabase();
      Invocation restore =
          Invocation.of("restore", "-q", "--snapshot", snapshot.getKey(), vault, server.uri(copy));
      assertThat(restore.status()).as(restore.err()).isZero();
      assertThat(new Rows(server, copy).fingerprint()).isEqualTo(snapshot.getValue());
      server.execute("postgres", "drop database " + copy);
    }
  }

  private static Launched backUp(String store, String vault) throws Exception {
    return Launched.of("backup", "-q", "--init", "--jobs", "2", store, vault);
  }

  private static String newest(String vault) throws Exception {
    return Snapshots.in(vault).get(Snapshots.in(vault).size() - 1);
  }
}
