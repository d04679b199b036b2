package dev.godwit.cli.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.godwit.cli.Invocation;
import dev.godwit.testkit.server.PostgresServer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A prune killed at any moment, beside a backup that runs or not: every snapshot that is left can
 * be restored, and the prune that comes next leaves nothing behind.
 */
class KilledPruneIT {
  private static final int KILLS = Killing.times(4);

  @TempDir Path folder;

  @Test
  void whatIsLeftIsAlwaysWhole() throws Exception {
    PostgresServer server = PostgresServer.shared();
    String shop = server.createDatabase();
    Rows rows = new Rows(server, shop);
    rows.make(60_000);
    String vault = folder.resolve("vault").toString();
    Map<String, String> sealed = new HashMap<>();
    backUp(server.uri(shop), vault, rows, sealed);
    long begun = System.nanoTime();
    assertThat(prune(vault, 1).status()).isZero();
    Killing killing = new Killing(20261121, Duration.ofNanos(System.nanoTime() - begun));

    for (int kill = 0; kill < KILLS; kill++) {
      rows.changeSome(kill);
      backUp(server.uri(shop), vault, rows, sealed);
      Launched beside = kill % 2 == 0 ? null : Launched.of("backup", "-q", server.uri(shop), vault);
      Launched prune = prune(vault, 2);
      boolean ended = prune.endedWithin(killing.moment());
      prune.kill();
      if (beside != null) {
        assertThat(beside.status()).as("%s", beside.printed()).isZero();
        sealed.put(newest(vault), rows.fingerprint());
      }
      Invocation check = Invocation.of("check", vault);
      assertThat(check.status())
          .as("after kill %d (ended: %s): %s%s", kill, ended, check.out(), check.err())
          .isZero();
    }

    assertThat(prune(vault, 2).status()).isZero();
    Invocation check = Invocation.of("check", "--read-data", vault);
    assertThat(check.status()).isZero();
    assertThat(check.out()).doesNotContain("remark");
    List<String> left = Snapshots.in(vault);
    assertThat(left).hasSize(2);
    for (String id : left) {
      String copy = server.createDatabase();
      Invocation restore =
          Invocation.of("restore", "-q", "--snapshot", id, vault, server.uri(copy));
      assertThat(restore.status()).as(restore.err()).isZero();
      assertThat(new Rows(server, copy).fingerprint()).isEqualTo(sealed.get(id));
      server.execute("postgres", "drop database " + copy);
    }
  }

  private static void backUp(String store, String vault, Rows rows, Map<String, String> sealed)
      throws Exception {
    Invocation backup = Invocation.of("backup", "-q", "--init", "--jobs", "2", store, vault);
    assertThat(backup.status()).as(backup.err()).isZero();
    sealed.put(newest(vault), rows.fingerprint());
  }

  private static Launched prune(String vault, int last) throws Exception {
    return Launched.of("prune", "-q", vault, "--keep-last", Integer.toString(last));
  }

  private static String newest(String vault) throws Exception {
    return Snapshots.in(vault).get(Snapshots.in(vault).size() - 1);
  }
}
