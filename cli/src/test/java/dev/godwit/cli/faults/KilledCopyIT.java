package dev.godwit.cli.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.godwit.cli.Invocation;
import dev.godwit.testkit.server.PostgresServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A copy killed at any moment: the target stays valid, and the next copy sends what is missing. */
class KilledCopyIT {
  private static final int KILLS = Killing.times(6);

  @TempDir Path folder;

  @Test
  void theTargetIsAlwaysValidAndNothingIsSentTwice() throws Exception {
    PostgresServer server = PostgresServer.shared();
    String shop = server.createDatabase();
    Rows rows = new Rows(server, shop);
    rows.make(400_000);
    String vault = folder.resolve("vault").toString();
    for (int i = 0; i < 3; i++) {
      rows.changeSome(i);
      assertThat(Invocation.of("backup", "-q", "--init", server.uri(shop), vault).status())
          .isZero();
    }
    String whole = made("whole");
    long begun = System.nanoTime();
    assertThat(copy(vault, whole).status()).isZero();
    Killing killing = new Killing(20261121, Duration.ofNanos(System.nanoTime() - begun));

    String target = made("target");
    int killed = 0;
    for (int attempt = 0; attempt < KILLS; attempt++) {
      Launched copy = copy(vault, target);
      killed += copy.endedWithin(killing.moment()) ? 0 : 1;
      copy.kill();
      Invocation check = Invocation.of("check", "--read-data", target);
      assertThat(check.status()).as("%s%s", check.out(), check.err()).isZero();
    }
    assertThat(killed).isPositive();
    assertThat(copy(vault, target).status()).isZero();
    assertThat(Snapshots.in(target)).hasSize(3);
    assertThat(Invocation.of("check", "--read-data", target).status()).isZero();
    // A killed copy loses at most the volumes that were not sealed: never stored, so not twice.
    long once = size(Path.of(whole, "volumes"));
    assertThat(size(Path.of(target, "volumes"))).isLessThan(once + (once / 100) + 100_000);

    String copy = server.createDatabase();
    assertThat(Invocation.of("restore", "-q", target, server.uri(copy)).status()).isZero();
    assertThat(new Rows(server, copy).fingerprint()).isEqualTo(rows.fingerprint());
  }

  private String made(String name) {
    String place = folder.resolve(name).toString();
    assertThat(Invocation.of("init", "-q", place).status()).isZero();
    return place;
  }

  private static Launched copy(String from, String to) throws IOException {
    return Launched.of("copy", "-q", "--all", from, to);
  }

  private static long size(Path below) throws IOException {
    try (Stream<Path> files = Files.walk(below)) {
      return files.filter(Files::isRegularFile).mapToLong(f -> f.toFile().length()).sum();
    }
  }
}
