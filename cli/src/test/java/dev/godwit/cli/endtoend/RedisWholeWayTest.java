package dev.godwit.cli.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.godwit.cli.Invocation;
import dev.godwit.testkit.server.redis.Contents;
import dev.godwit.testkit.server.redis.RedisProgram;
import dev.godwit.testkit.server.redis.RedisServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The commands on a server of keys: into a vault and back again, and from server to server. */
class RedisWholeWayTest {
  private static final int SESSIONS = 30_000;

  @TempDir static Path folder;
  private static RedisServer shop;
  private static String vault;
  private static Invocation backup;

  @BeforeAll
  static void backUp() {
    shop = RedisServer.start();
    List<List<String>> commands = new ArrayList<>();
    for (int i = 0; i < SESSIONS; i++) {
      commands.add(List.of("SET", "session:" + i, "godwit ".repeat(i % 30)));
      if (i % 3 == 0) {
        commands.add(List.of("PEXPIREAT", "session:" + i, "4000000" + (100 + i % 900) + "000"));
      }
    }
    commands.add(List.of("SET", "large", "x".repeat((8 << 20) + 100)));
    for (int i = 0; i < 100; i++) {
      commands.add(List.of("RPUSH", "long", ("y" + i).repeat(50_000)));
    }
    commands.add(List.of("HSET", "user", "name", "Lapponica", "eggs", "4"));
    commands.add(List.of("XADD", "flights", "1-1", "from", "Alaska", "to", "Tasmania"));
    commands.add(List.of("XGROUP", "CREATE", "flights", "rings", "0"));
    commands.add(List.of("XREADGROUP", "GROUP", "rings", "ann", "STREAMS", "flights", ">"));
    commands.add(List.of("SELECT", "3"));
    commands.add(List.of("SADD", "places", "Alaska", "Tasmania"));
    commands.add(List.of("ZADD", "ways", "13560", "B6"));
    commands.add(List.of("SELECT", "0"));
    shop.callMany(commands);
    vault = folder.resolve("vault").toString();
    backup = Invocation.of("backup", "--init", "--verify", shop.uri(), vault);
  }

  @AfterAll
  static void stop() {
    shop.close();
  }

  @Test
  void aSizeThatIsNotKnownIsNotTakenForNone() {
    Invocation plan = Invocation.of("backup", "--dry-run", shop.uri(), vault);
    assertThat(plan.status()).isZero();
    assertThat(plan.err()).contains("2 datasets, of a size that is not known, would be read");
  }

  /** As one that was started without its data: retention would take it for the newest backup. */
  @Test
  void nothingIsNoBackup() {
    try (RedisServer empty = RedisServer.start()) {
      for (String way : new String[] {"", "?reading=scan", "/3"}) {
        Invocation done = Invocation.of("backup", empty.uri() + way, vault);
        assertThat(done.err()).contains("nothing was read: the source holds no key");
        assertThat(done.status()).isEqualTo(1);
      }
      assertThat(Invocation.of("list", vault).out().lines()).hasSize(2);
      assertThat(Invocation.of("compare", vault, empty.uri()).status()).isEqualTo(4);
    }
  }

  @Test
  void aBackupIsProven() {
    assertThat(backup.err())
        .contains("snapshot ", "verified: the same as its source in 2 datasets");
    assertThat(backup.status()).as(backup.err()).isZero();
    assertThat(Invocation.of("show", vault).out()).contains("SNAPSHOT", "db0", "db3");
  }

  @Test
  void everyKeyComesBack() {
    try (RedisServer copy = RedisServer.start()) {
      Invocation done = Invocation.of("restore", "--verify", vault, copy.uri());
      assertThat(done.err()).contains("verified: the same as the snapshot in 2 datasets");
      assertThat(done.status()).as(done.err()).isZero();
      assertThat(Contents.of(copy).equals(Contents.of(shop))).isTrue();
      assertThat(copy.call("EXISTS", "_godwit:ledger")).isEqualTo(0L);
    }
  }

  @Test
  void aServerIsMovedIntoAnother() {
    try (RedisServer copy = RedisServer.start()) {
      Invocation done = Invocation.of("migrate", "--verify", shop.uri(), copy.uri());
      assertThat(done.err()).contains("verified: ");
      assertThat(done.status()).as(done.err()).isZero();
      assertThat(Contents.of(copy).equals(Contents.of(shop))).isTrue();
    }
  }

  /** What only the newer of two servers knows of a stream is not held against the older. */
  @ParameterizedTest
  @MethodSource("dev.godwit.testkit.server.redis.RedisProgram#all")
  void aServerOfAnyVersionIsProvenBothWays(RedisProgram program) {
    try (RedisServer other = RedisServer.start(program);
        RedisServer back = RedisServer.start()) {
      Invocation there = Invocation.of("migrate", "--verify", shop.uri(), other.uri());
      assertThat(there.status()).as(there.err()).isZero();
      Invocation again = Invocation.of("migrate", "--verify", other.uri(), back.uri());
      assertThat(again.status()).as(again.err()).isZero();
      other.call("XACK", "flights", "rings", "1-1");
      Invocation changed = Invocation.of("compare", other.uri(), back.uri());
      assertThat(changed.status()).as(changed.out()).isEqualTo(4);
      assertThat(changed.out()).contains("1 row changed");
    }
  }

  @Test
  void aDatabaseIsGivenAnotherNumber() {
    try (RedisServer copy = RedisServer.start()) {
      Invocation done =
          Invocation.of(
              "restore", "--verify", vault, copy.uri(7), "--include", "db3", "--rename", "db3=db7");
      assertThat(done.status()).as(done.err()).isZero();
      assertThat(Contents.of(copy)).containsOnlyKeys("db7 \"places\"", "db7 \"ways\"");
    }
  }

  @Test
  void theSamplesOfTheReadmeRun() throws IOException {
    try (RedisServer one = RedisServer.start();
        RedisServer other = RedisServer.start();
        RedisServer last = RedisServer.start()) {
      int run = 0;
      for (String line : Files.readAllLines(Path.of("..", "README.md"))) {
        if (line.matches("godwit (restore|migrate) (?!.*postgresql:).*redis://.*")) {
          String here =
              line.replaceAll("\\s+#.*", "")
                  .replace("/backups/cache", vault)
                  .replace("redis://localhost:6380", one.uri())
                  .replace("redis://localhost:6381", other.uri())
                  .replace("redis://old:6379", shop.uri())
                  .replace("redis://new:6379", last.uri());
          Invocation done = Invocation.of(here.substring("godwit ".length()).split(" "));
          assertThat(done.status()).as(line + "\n" + done.err()).isZero();
          run++;
        }
      }
      assertThat(run).isEqualTo(4);
    }
  }

  @Test
  void aChangedKeyIsTold() {
    try (RedisServer copy = RedisServer.start()) {
      assertThat(Invocation.of("restore", "-q", vault, copy.uri()).status()).isZero();
      copy.call("HSET", "user", "eggs", "5");
      copy.call("DEL", "session:17");
      copy.call("PEXPIREAT", "session:18", "4100000000000");
      Invocation done = Invocation.of("compare", vault, copy.uri());
      assertThat(done.status()).isEqualTo(4);
      assertThat(done.out()).contains("2 rows changed, 1 only in A", "[\"eggs\",\"5\"]");
    }
  }

  @Test
  void keysThatExpireMeanwhileAreNoDifference() {
    try (RedisServer from = RedisServer.start();
        RedisServer copy = RedisServer.start()) {
      String own;
      from.call("SET", "stays", "1");
      int life = 500;
      do { // until it lives for longer than the backup takes
        life *= 2;
        own = folder.resolve("expiring" + life).toString();
        from.call("SET", "goes", "1", "PX", Integer.toString(life));
        assertThat(Invocation.of("backup", "-q", "--init", from.uri(), own).status()).isZero();
      } while (from.call("EXISTS", "goes").equals(0L));
      while (from.call("EXISTS", "goes").equals(1L)) {
        Thread.onSpinWait();
      }
      Invocation done = Invocation.of("restore", "--verify", own, copy.uri());
      assertThat(done.err()).contains("keys that had expired, left out: 1", "verified: ");
      assertThat(done.status()).as(done.err()).isZero();
      assertThat(Contents.of(copy)).hasSize(1);
    }
  }

  @Test
  void whatIsThereIsNotWrittenOver() {
    Invocation done = Invocation.of("restore", vault, shop.uri());
    assertThat(done.status()).isEqualTo(1);
    assertThat(done.err()).contains("db0 of 127.0.0.1:", "is not empty", "if-exists");
  }

  @Test
  void keysThatAreThereStayOrGiveWayWhenTold() {
    for (String told : List.of("keep", "replace")) {
      try (RedisServer copy = RedisServer.start()) {
        copy.call("SELECT", "3");
        copy.call("SET", "places", "theirs");
        Invocation done =
            Invocation.of("restore", vault, copy.uri() + "?if-exists=" + told, "--include", "db3");
        boolean kept = told.equals("keep");
        assertThat(done.status()).as(done.err()).isEqualTo(kept ? 3 : 0);
        assertThat(copy.text("TYPE", "places")).isEqualTo(kept ? "string" : "set");
        assertThat(copy.text("TYPE", "ways")).isEqualTo("zset");
      }
    }
  }

  @Test
  void wrongInputsAreRefused() {
    Invocation option = Invocation.of("restore", vault, "redis://127.0.0.1:1?no_such=1");
    assertThat(option.status()).isEqualTo(2);
    assertThat(option.err()).contains("no_such", "if-exists");
    Invocation nobody = Invocation.of("restore", vault, "redis://127.0.0.1:1");
    assertThat(nobody.status()).isEqualTo(21);
    Invocation number = Invocation.of("restore", vault, shop.uri(5), "--include", "db3");
    assertThat(number.status()).isEqualTo(1);
    assertThat(number.err()).contains("the URI names db5", "--rename db3=db5");
    Invocation name = Invocation.of("restore", vault, shop.uri(), "--rename", "db3=birds");
    assertThat(name.status()).isEqualTo(1);
    assertThat(name.err()).contains("no database can be called birds");
    Invocation far = Invocation.of("restore", vault, shop.uri(), "--rename", "db3=db77");
    assertThat(far.status()).isEqualTo(1);
    assertThat(far.err()).contains("has no database 77");
  }

  @Test
  void aPasswordIsNeverShown() {
    try (RedisServer locked = RedisServer.start("--requirepass", "s3cr3t-x")) {
      Map<String, String> right = Map.of("GODWIT_TARGET_PASSWORD", "s3cr3t-x");
      Invocation done = Invocation.in(right, "restore", "--debug", vault, locked.uri());
      assertThat(done.status()).as(done.err()).isZero();
      Map<String, String> wrong = Map.of("GODWIT_TARGET_PASSWORD", "s3cr3t-y");
      Invocation refused = Invocation.in(wrong, "restore", "--debug", vault, locked.uri());
      assertThat(refused.status()).isEqualTo(21);
      assertThat(done.err() + done.out() + refused.err()).doesNotContain("s3cr3t");
    }
  }

  @Test
  void fullMemoryFailsWithAHintAndIsGoneOnWith() {
    try (RedisServer small = RedisServer.start("--maxmemory", "12mb")) {
      Invocation full = Invocation.of("restore", vault, small.uri());
      assertThat(full.status()).isEqualTo(1);
      assertThat(full.err()).contains("cannot write key", "maxmemory", "hint:");
      Invocation again = Invocation.of("restore", vault, small.uri());
      assertThat(again.status()).isEqualTo(1);
      assertThat(again.err()).contains("an unfinished load is in db0", "--resume");
      small.call("CONFIG", "SET", "maxmemory", "200mb");
      Invocation done = Invocation.of("restore", "--resume", "--verify", vault, small.uri());
      assertThat(done.status()).as(done.err()).isZero();
      assertThat(Contents.of(small).equals(Contents.of(shop))).isTrue();
    }
  }
}
