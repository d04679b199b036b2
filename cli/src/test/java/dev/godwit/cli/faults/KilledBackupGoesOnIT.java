package dev.godwit.cli.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.godwit.testkit.server.PostgresServer;
import dev.godwit.testkit.server.sftp.SftpServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A backup is killed once a volume lies in the vault; run again, it stores only what is missing,
 * and says how much it took over. {@link KilledBackupToBucketIT} does it with a bucket.
 */
class KilledBackupGoesOnIT {
  private static final int ROWS = 2500;
  private static final long DATA = ROWS * 80_000L;
  private static final long LITTLE = 8 << 20;

  /** Two thirds of the rows are read, the rest not before somebody has given a lock back. */
  private static final String WHERE = "photos=n <= 1600 or " + Observer.waitingFor(11);

  private static PostgresServer server;
  private static String shop;
  @TempDir Path folder;

  @BeforeAll
  static void fill() throws Exception {
    server = PostgresServer.shared();
    shop = server.createDatabase();
    // 200 MB that nothing compresses.
    server.execute(
        shop,
        "create table photos as select n, (select string_agg(sha256((n || '-' || k)::text::bytea),"
            + " ''::bytea) from generate_series(1, 2500) k) as data from generate_series(1, "
            + ROWS
            + ") n");
  }

  @Test
  void inAFolder() throws Exception {
    Path vault = folder.resolve("vault");
    goesOn(Map.of(), vault, vault.toString());
  }

  @Test
  void onAnSftpServer() throws Exception {
    Path root = Files.createDirectory(folder.resolve("root"));
    try (SftpServer sftp = SftpServer.start(root)) {
      Path known = folder.resolve("known");
      sftp.writeKnownHosts(known, sftp.port());
      String uri =
          "sftp://"
              + SftpServer.USER
              + "@127.0.0.1:"
              + sftp.port()
              + "/shop?agent=none&known-hosts="
              + known;
      Map<String, String> login = Map.of("GODWIT_VAULT_PASSWORD", SftpServer.PASSWORD);
      goesOn(login, root.resolve("shop"), uri);
    }
  }

  private static void goesOn(Map<String, String> login, Path files, String vault) throws Exception {
    String store = server.uri(shop);
    String[] half = {"-q", "--init", "--jobs", "2", "--where", WHERE, store, vault};
    try (Connection holder = new Observer(server, shop).hold(11)) {
      assertThat(holder.isClosed()).isFalse();
      Launched backup = backUp(login, half);
      while (volumes(files) == 0) {
        assertThat(backup.endedWithin(Duration.ofMillis(5))).as("%s", backup.printed()).isFalse();
      }
      backup.kill();
    }
    long lying = volumes(files);
    assertThat(lying).as("killed half way").isLessThan(DATA - (32 << 20));

    Launched again = backUp(login, "--json", "--jobs", "2", "--where", WHERE, store, vault);
    assertThat(again.status()).as("%s", again.printed()).isZero();
    long stored = volumes(files) - lying;
    assertThat(stored).isLessThan(DATA - lying + LITTLE);
    TakenOver.in(again.printed()).hasBytes(lying - LITTLE, stored);

    Launched audit = Launched.in(login, "audit", vault);
    assertThat(audit.status()).as("%s", audit.printed()).isZero();
    assertThat(audit.printed().lines().skip(1))
        .satisfiesExactly(
            killed -> assertThat(killed).contains("backup", "not ended"),
            done -> assertThat(done).contains("backup", "done"));
    Launched check = Launched.in(login, "check", "--read-data", vault);
    assertThat(check.status()).as("%s", check.printed()).isZero();
  }

  private static Launched backUp(Map<String, String> login, String... options) throws Exception {
    List<String> command = new ArrayList<>(List.of("backup"));
    command.addAll(List.of(options));
    return Launched.in(login, command.toArray(String[]::new));
  }

  /** The bytes of all volumes that lie there whole. */
  private static long volumes(Path vault) throws IOException {
    Path volumes = vault.resolve("volumes");
    if (!Files.isDirectory(volumes)) {
      return 0;
    }
    try (Stream<Path> files = Files.walk(volumes)) {
      return files
          .filter(file -> file.toString().endsWith(".gwv"))
          .mapToLong(file -> file.toFile().length())
          .sum();
    }
  }
}
