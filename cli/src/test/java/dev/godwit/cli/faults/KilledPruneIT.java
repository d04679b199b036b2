package dev.godwit.cli.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.godwit.cli.Invocation;
import dev.godwit.testkit.server.PostgresServer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A prune killed at any moment, beside a backup that runs or not: every snapshot that is left can
 * be restored, and the prune that comes next leaves nothing behind.
 */
class KilledPruneIT {
  private static final int KILLS = Killing.times(6);

  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource
  void whatIsLeftIsAlwaysWhole(Ground.Kind kind) throws Exception {
    PostgresServer server = PostgresServer.shared();
    String shop = server.createDatabase();
    Rows rows = new Rows(server, shop);
    rows.make(60_000);
    Sealed sealed = new Sealed();
    try (Ground ground = kind.in(folder)) {
      VaultAt vault = ground.vault("vault", Ground.Form.PLAIN, folder);
      backUp(server.uri(shop), vault, rows, sealed);
      long begun = System.nanoTime();
      assertThat(prune(vault, 1).status()).isZero();
      Killing killing = new Killing(2, Duration.ofNanos(System.nanoTime() - begun));

      int ends = 0;
      for (int kill = 0; kill < KILLS; ) {
        rows.changeSome(kill + ends);
        backUp(server.uri(shop), vault, rows, sealed);
        boolean alone = (kill + ends) % 2 == 1;
        Launched beside = alone ? null : vault.start("backup", "-q", server.uri(shop), vault.uri());
        Launched prune = prune(vault, 2);
        boolean ended = !killing.strikes(prune);
        if (ended) {
          assertThat(prune.status()).as("%s", prune.printed()).isZero();
          ends++;
        } else {
          kill++;
        }
        if (beside != null) {
          assertThat(beside.status()).as("%s", beside.printed()).isZero();
          sealed.add(Snapshots.newest(vault), rows);
        }
        vault.done("check", "--read-data", vault.uri());
      }

      assertThat(prune(vault, 2).status()).isZero();
      Invocation check = vault.done("check", "--read-data", vault.uri());
      assertThat(check.out()).doesNotContain("remark");
      List<String> left = Snapshots.in(vault);
      assertThat(left).hasSize(2);
      sealed.requireAll(vault, server);
    }
    server.execute("postgres", "drop database " + shop + " with (force)");
  }

  private static void backUp(String store, VaultAt vault, Rows rows, Sealed sealed)
      throws Exception {
    vault.done("backup", "-q", "--jobs", "2", store, vault.uri());
    sealed.add(Snapshots.newest(vault), rows);
  }

  private static Launched prune(VaultAt vault, int last) throws Exception {
    return vault.start("prune", "-q", vault.uri(), "--keep-last", Integer.toString(last));
  }
}
