package dev.godwit.cli.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.godwit.testkit.server.PostgresServer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A backup killed at any moment: the vault stays valid, holds every snapshot that was sealed, and
 * no snapshot that was not; none is said to be made that is not there.
 */
class KilledBackupIT {
  private static final int KILLS = Killing.times(6);

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({"FOLDER, PLAIN", "FOLDER, ENCRYPTED", "BUCKET, PLAIN", "BUCKET, ENCRYPTED"})
  void theVaultIsAlwaysValid(Ground.Kind kind, Ground.Form form) throws Exception {
    PostgresServer server = PostgresServer.shared();
    String shop = server.createDatabase();
    Rows rows = new Rows(server, shop);
    rows.make(100_000);
    Sealed sealed = new Sealed();
    try (Ground ground = kind.in(folder)) {
      VaultAt vault = ground.vault("vault", form, folder);
      long begun = System.nanoTime();
      assertThat(backUp(server.uri(shop), vault).status()).isZero();
      Killing killing = new Killing(1, Duration.ofNanos(System.nanoTime() - begun));
      sealed.add(Snapshots.newest(vault), rows);

      int ends = 0;
      for (int kill = 0; kill < KILLS; ) {
        rows.changeSome(kill + ends);
        int before = Snapshots.in(vault).size();
        Launched backup = backUp(server.uri(shop), vault);
        boolean ended = !killing.strikes(backup);
        if (ended) {
          assertThat(backup.status()).as(backup.printed()).isZero();
          ends++;
        } else {
          kill++;
        }
        Optional<String> said = Snapshots.saidToBeMade(backup.printed());
        int after = Snapshots.in(vault).size();
        assertThat(after - before).isBetween(ended || said.isPresent() ? 1 : 0, 1);
        if (after > before) {
          sealed.add(Snapshots.newest(vault), rows);
        }
        said.ifPresent(sealed::requireKnown);
        vault.done("check", vault.uri());
      }

      assertThat(backUp(server.uri(shop), vault).status()).isZero();
      sealed.add(Snapshots.newest(vault), rows);
      assertThat(Snapshots.in(vault)).hasSize(sealed.count());
      vault.done("check", "--read-data", vault.uri());
      sealed.requireAll(vault, server);
    }
    server.execute("postgres", "drop database " + shop + " with (force)");
  }

  private static Launched backUp(String store, VaultAt vault) throws Exception {
    return vault.start("backup", "--json", "--jobs", "2", store, vault.uri());
  }
}
