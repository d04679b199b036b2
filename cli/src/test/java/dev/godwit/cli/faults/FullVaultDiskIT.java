package dev.godwit.cli.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.godwit.cli.Invocation;
import dev.godwit.testkit.server.PostgresServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The disk of a vault fills at any point of a backup, from its lock to its manifest. */
class FullVaultDiskIT {
  private static final long PAGE = 4096;

  @TempDir Path folder;
  private final PostgresServer server = PostgresServer.shared();
  private final String shop = server.createDatabase();
  private final Rows rows = new Rows(server, shop);

  @Test
  void itSaysSoAndTheNextBackupIsWhole() throws Exception {
    rows.make(20_000);
    String before = rows.fingerprint();
    Path kept = folder.resolve("kept");
    backUp(kept, "--init");
    String first = Snapshots.in(kept.toString()).get(0);
    server.execute(
        shop, "insert into notes select i, md5(i::text), i from generate_series(20001, 60000) i");
    Path whole = folder.resolve("whole");
    copy(kept, whole);
    backUp(whole);
    long needed = pages(whole) - pages(kept);
    assertThat(needed).isGreaterThan(100);

    Set<String> full = new HashSet<>();
    try (SmallDisk disk = SmallDisk.on(Files.createDirectory(folder.resolve("disk")), 64 << 20)) {
      Path vault = disk.folder().resolve("vault");
      for (long room : rooms(needed)) {
        disk.room(64 << 20);
        delete(vault);
        copy(kept, vault);
        disk.room(room * PAGE);
        Launched backup = Launched.of("backup", server.uri(shop), vault.toString());
        if (backup.status() == 0) {
          continue; // a list was smaller than that of the first try, by a page
        }
        full.add(backup.printed().replaceAll("(?s).*cannot write (\\w+).*", "$1"));
        assertThat(backup.status()).as(backup.printed()).isEqualTo(1);
        assertThat(backup.printed().lines().filter(line -> line.startsWith("godwit: ")))
            .as(backup.printed())
            .singleElement()
            .asString()
            .contains(" in " + vault, "No space left on device");
        assertThat(backup.printed()).endsWith("hint: make room there, and run the same again\n");
        assertThat(Snapshots.in(vault.toString())).containsExactly(first);
        Invocation check = Invocation.of("check", "--read-data", vault.toString());
        assertThat(check.status()).as("at %d: %s%s", room, check.out(), check.err()).isZero();

        disk.room(16 << 20);
        backUp(vault);
        check = Invocation.of("check", "--read-data", vault.toString());
        assertThat(check.status()).as(check.out() + check.err()).isZero();
        assertThat(Snapshots.in(vault.toString())).hasSize(2);
      }
      assertThat(full)
          .containsExactlyInAnyOrder("audit", "locks", "volumes", "index", "lists", "snapshots");
      assertThat(restored(vault, first)).isEqualTo(before);
      assertThat(restored(vault, "latest")).isEqualTo(rows.fingerprint());
    }
  }

  @Test
  void aKeyIsNotHalfWritten() throws Exception {
    try (SmallDisk disk = SmallDisk.on(Files.createDirectory(folder.resolve("keys")), 1 << 20)) {
      Files.writeString(disk.folder().resolve("other"), "what fills it"); // no size is no bound
      disk.room(0);
      Path identity = disk.folder().resolve("identity");
      Invocation made = Invocation.of("key", "new", identity.toString());
      assertThat(made.status()).isEqualTo(1);
      assertThat(made.err()).contains("No space left on device", "hint: make room there, or name");
      assertThat(identity).doesNotExist();
    }
  }

  /**
   * From nothing to nearly enough; the small files are written last. The record of the end, which
   * comes after all, takes the page of the lock.
   */
  private static List<Long> rooms(long needed) {
    return List.of(0L, 1L, needed / 2, needed - 4, needed - 3, needed - 2, needed - 1);
  }

  private void backUp(Path vault, String... options) throws Exception {
    List<String> command = new ArrayList<>(List.of("backup", "-q"));
    command.addAll(List.of(options));
    command.addAll(List.of(server.uri(shop), vault.toString()));
    Invocation backup = Invocation.of(command.toArray(String[]::new));
    assertThat(backup.status()).as(backup.err()).isZero();
  }

  private String restored(Path vault, String snapshot) {
    String copy = server.createDatabase();
    Invocation restore =
        Invocation.of("restore", "-q", "--snapshot", snapshot, vault.toString(), server.uri(copy));
    assertThat(restore.status()).as(restore.err()).isZero();
    return new Rows(server, copy).fingerprint();
  }

  /** The pages that its files take in memory. */
  private static long pages(Path vault) throws IOException {
    try (Stream<Path> all = Files.walk(vault)) {
      return all.filter(Files::isRegularFile).mapToLong(FullVaultDiskIT::pagesOf).sum();
    }
  }

  private static long pagesOf(Path file) {
    try {
      return (Files.size(file) + PAGE - 1) / PAGE;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> all = Files.walk(from)) {
      for (Path each : all.toList()) {
        Files.copy(each, to.resolve(from.relativize(each).toString()));
      }
    }
  }

  private static void delete(Path folder) throws IOException {
    if (Files.exists(folder)) {
      try (Stream<Path> all = Files.walk(folder)) {
        for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(each);
        }
      }
    }
  }
}
