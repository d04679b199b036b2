package dev.godwit.cli.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.godwit.cli.Invocation;
import dev.godwit.testkit.server.PostgresServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Volumes that a backup has found its blocks in vanish before it ends. */
class VanishedVolumeIT {
  private final PostgresServer server = PostgresServer.shared();
  private final String shop = server.createDatabase();
  private final Rows rows = new Rows(server, shop);
  private final Observer observer = new Observer(server, shop);

  @TempDir Path folder;

  @Test
  void whatWasInThemIsStoredAgain() throws Exception {
    rows.make(20_000);
    server.execute(shop, "create table slow (id integer); insert into slow values (1), (2)");
    String vault = folder.resolve("vault").toString();
    Launched first = Launched.of("backup", "-q", "--init", server.uri(shop), vault);
    assertThat(first.status()).as(first.printed()).isZero();
    List<Path> volumes = files("volumes");
    List<Path> manifests = files("snapshots");

    // One worker meets the largest tables first: once it waits in the smallest, the blocks of all
    // others were found in the vault.
    Launched second;
    try (Connection holder = observer.hold(7)) {
      assertThat(holder.isClosed()).isFalse();
      second =
          Launched.of(
              "backup",
              "--jobs",
              "1",
              "--where",
              "slow=" + Observer.waitingFor(7),
              server.uri(shop),
              vault);
      observer.awaitBlocked();
      for (Path volume : volumes) {
        Files.delete(volume);
      }
    }
    assertThat(second.status()).as(second.printed()).isZero();
    assertThat(second.printed()).contains("vanished or is being pruned", "stored again");
    assertThat(files("volumes")).isNotEmpty().doesNotContainAnyElementsOf(volumes);

    Invocation check = Invocation.of("check", "--read-data", vault);
    assertThat(check.status()).as("the first snapshot has lost its blocks").isEqualTo(13);
    for (Path manifest : manifests) {
      Files.delete(manifest);
    }
    check = Invocation.of("check", "--read-data", vault);
    assertThat(check.status()).as(check.out() + check.err()).isZero();
    String copy = server.createDatabase();
    Invocation restore = Invocation.of("restore", "-q", vault, server.uri(copy));
    assertThat(restore.status()).as(restore.err()).isZero();
    assertThat(new Rows(server, copy).fingerprint()).isEqualTo(rows.fingerprint());
  }

  private List<Path> files(String below) throws IOException {
    try (Stream<Path> all = Files.walk(folder.resolve("vault").resolve(below))) {
      return all.filter(Files::isRegularFile).toList();
    }
  }
}
