package dev.godwit.cli.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.godwit.cli.Invocation;
import dev.godwit.testkit.server.memcached.MemcachedServer;
import dev.godwit.testkit.server.memcached.NeedsMemcached;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The commands on a cache of two servers: there, and back again. */
@ExtendWith(NeedsMemcached.class)
class MemcachedWholeWayTest {
  private static final int ITEMS = 3000;
  private static final byte[] BINARY = {-1, 0, ' ', '\r', '\n'};

  @TempDir static Path folder;
  private static MemcachedServer one;
  private static MemcachedServer other;
  private static String uri;
  private static String vault;
  private static Invocation backup;

  @BeforeAll
  static void backUp() {
    one = MemcachedServer.start("-I", "16m", "-m", "200");
    other = MemcachedServer.start();
    for (int i = 0; i < ITEMS; i++) {
      byte[] key = ("session:" + i).getBytes(StandardCharsets.US_ASCII);
      byte[] value = "godwit ".repeat(i % 50).getBytes(StandardCharsets.US_ASCII);
      (i % 2 == 0 ? one : other).setQuietly(key, value, i % 3 == 0 ? "F" + i + " T86400" : "");
    }
    one.set("large", "x".repeat(9 << 20), "F4294967295");
    other.set(BINARY, new byte[] {'\r', '\n'}, "F7");
    one.settle();
    other.settle();
    uri = MemcachedServer.uri(one, other);
    vault = folder.resolve("vault").toString();
    backup = Invocation.of("backup", "--init", "--verify", uri, vault);
  }

  @AfterAll
  static void stopServers() {
    one.close();
    other.close();
  }

  private static MemcachedServer empty() {
    return MemcachedServer.start("-I", "16m", "-m", "200");
  }

  @Test
  void aBackupTellsWhatItReached() {
    assertThat(backup.status()).as(backup.err()).isZero();
    assertThat(backup.err()).contains("3,002 rows", "verified: the same as its source");
    assertThat(Invocation.of("show", vault).out()).contains("FUZZY", "items");
    assertThat(Invocation.of("cat", vault, "items").out()).contains("\"key\":\"session:1234\"");
  }

  @Test
  void aSecondBackupAddsNothing() throws Exception {
    long before = stored();
    Invocation again = Invocation.of("backup", uri, vault);
    assertThat(again.status()).as(again.err()).isZero();
    assertThat(stored()).isEqualTo(before);
  }

  /** As one that was started anew. */
  @Test
  void nothingIsNoBackup() {
    try (MemcachedServer nothing = empty()) {
      Invocation done = Invocation.of("backup", nothing.uri(), vault);
      assertThat(done.err()).contains("nothing was read: the source holds no key");
      assertThat(done.status()).isEqualTo(1);
    }
  }

  private static long stored() throws Exception {
    try (Stream<Path> files = Files.walk(folder.resolve("vault/volumes"))) {
      return files.filter(Files::isRegularFile).mapToLong(file -> file.toFile().length()).sum();
    }
  }

  @Test
  void everyItemComesBackAsItWas() {
    try (MemcachedServer copy = empty()) {
      Invocation done = Invocation.of("restore", "--verify", vault, copy.uri());
      assertThat(done.status()).as(done.err()).isZero();
      assertThat(done.err()).contains("verified: the same as the snapshot in 1 dataset");
      assertThat(copy.statistic("curr_items")).isEqualTo(ITEMS + 2);
      assertThat(copy.item("large").equals("f4294967295 t-1 " + "x".repeat(9 << 20))).isTrue();
      assertThat(copy.item(BINARY)).isEqualTo("f7 t-1 \r\n");
      assertThat(copy.item("session:2999")).isEqualTo(other.item("session:2999"));
      assertThat(copy.item("session:3")).startsWith("f3 t86").endsWith("godwit godwit godwit ");
    }
  }

  @Test
  void someKeysAreBackedUpByTheirPattern() {
    String some = folder.resolve("some").toString();
    Invocation done = Invocation.of("backup", "--init", "--where", "items=session:12??", uri, some);
    assertThat(done.status()).as(done.err()).isZero();
    assertThat(done.err()).contains("1 dataset, 100 rows");
  }

  @Test
  void aCacheMovesToAnotherNumberOfServers() {
    try (MemcachedServer first = empty();
        MemcachedServer second = empty();
        MemcachedServer third = empty()) {
      String target = MemcachedServer.uri(first, second, third);
      Invocation done = Invocation.of("migrate", "--verify", uri, target);
      assertThat(done.status()).as(done.err()).isZero();
      assertThat(done.err()).contains("verified");
      assertThat(Stream.of(first, second, third).mapToLong(s -> s.statistic("curr_items")).sum())
          .isEqualTo(ITEMS + 2);
      assertThat(Stream.of(first, second, third))
          .allMatch(server -> server.statistic("curr_items") > ITEMS / 10);
      assertThat(Invocation.of("compare", uri, target).status()).isZero();
      second.set("more", "x", "");
      assertThat(Invocation.of("compare", uri, target).status()).isEqualTo(4);
    }
  }

  /** A cache keeps no ledger, and was refused as one that cannot be gone on with. */
  @Test
  void aCacheMovesByWayOfAVault(@TempDir Path other) {
    try (MemcachedServer target = empty()) {
      String[] command = {
        "migrate", "--verify", uri, target.uri(), "--via", other.resolve("vault").toString()
      };
      Invocation done = Invocation.of(command);
      assertThat(done.err()).contains("verified: the same as the snapshot");
      assertThat(done.status()).isZero();
      assertThat(Invocation.of(command).err()).contains("holds items already");
    }
  }

  @Test
  void aKeyThatTwoServersHoldIsNamedAndWrittenOnce() {
    try (MemcachedServer first = empty();
        MemcachedServer second = empty();
        MemcachedServer target = empty()) {
      first.set("both", "first", "");
      second.set("both", "second", "");
      Invocation done =
          Invocation.of("migrate", "--jobs", "1", MemcachedServer.uri(first, second), target.uri());
      assertThat(done.status()).as(done.err()).isEqualTo(3);
      assertThat(done.err()).contains("key 'both' was not written");
      assertThat(target.item("both")).isEqualTo("f0 t-1 first");
    }
  }

  @Test
  void badInputIsRefusedWithTheDocumentedStatus() {
    try (MemcachedServer full = empty()) {
      full.set("there", "x", "");
      refused(1, "holds items already", "restore", vault, full.uri());
      refused(1, "keeps no ledger", "restore", "--resume", vault, full.uri());
      refused(2, "a cache has no databases", "backup", full.uri() + "/shop", vault);
      refused(2, "unknown option 'colour'", "backup", full.uri() + "?colour=red", vault);
      refused(2, "matches no dataset", "backup", "--include", "db0", full.uri(), vault);
      refused(2, "is named twice", "backup", MemcachedServer.uri(full, full), vault);
      refused(20, "cannot be reached", "backup", "memcached://127.0.0.1:1", vault);
      refused(21, "cannot be reached", "restore", vault, "memcached://127.0.0.1:1");
      assertThat(full.statistic("curr_items")).isEqualTo(1);
    }
  }

  private static void refused(int status, String message, String... arguments) {
    Invocation done = Invocation.of(arguments);
    assertThat(done.err()).contains(message);
    assertThat(done.errorLines()).hasSize(2);
    assertThat(done.errorLines().get(1)).startsWith("hint: ");
    assertThat(done.status()).isEqualTo(status);
  }
}
