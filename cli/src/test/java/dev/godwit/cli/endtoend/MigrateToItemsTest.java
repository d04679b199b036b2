package dev.godwit.cli.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.godwit.cli.Invocation;
import dev.godwit.testkit.server.memcached.MemcachedServer;
import dev.godwit.testkit.server.memcached.NeedsMemcached;
import dev.godwit.testkit.server.mongo.MongoServer;
import dev.godwit.testkit.server.redis.RedisServer;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Rows and keys as items of a cache that holds nothing but strings. */
@ExtendWith(NeedsMemcached.class)
class MigrateToItemsTest {
  @Test
  void rowsBecomeStringsOfJson() {
    Database shop = Database.withShop();
    try (MemcachedServer cache = MemcachedServer.start()) {
      Invocation done =
          Invocation.of(
              "migrate",
              shop.uri(),
              MemcachedServer.uri(cache),
              "--include",
              "customers",
              "--key",
              "c:{id}",
              "--verify");
      assertThat(done.err()).contains("verified: the same as the source in 1 dataset, 500 rows");
      assertThat(done.status()).isZero();
      Invocation again =
          Invocation.of(
              "migrate", shop.uri(), MemcachedServer.uri(cache), "--include", "customers");
      assertThat(again.err()).contains("holds items already");
      assertThat(again.status()).isEqualTo(1);
    }
  }

  @Test
  void itemsComeBackFromDocumentsWithTheirFlags() {
    try (MemcachedServer cache = MemcachedServer.start();
        MemcachedServer copy = MemcachedServer.start()) {
      cache.set("a", "text", "F7");
      cache.set("b", "", "");
      cache.set(new byte[] {-1, ' '}, new byte[] {0, -1}, "F4294967295");
      cache.settle();
      MongoServer server = MongoServer.shared();
      String documents = server.uri(server.freeName());
      Invocation there = Invocation.of("migrate", MemcachedServer.uri(cache), documents);
      assertThat(there.status()).as(there.err()).isZero();
      Invocation back = Invocation.of("migrate", documents, MemcachedServer.uri(copy), "--verify");
      assertThat(back.err()).contains("verified: the same as the source in 1 dataset, 3 rows");
      assertThat(back.status()).isZero();
      assertThat(copy.item("a")).isEqualTo("f7 t-1 text");
      assertThat(copy.item("b")).isEqualTo("f0 t-1 ");
      assertThat(copy.item(new byte[] {-1, ' '}))
          .isEqualTo(cache.item(new byte[] {-1, ' '}))
          .startsWith("f4294967295 ");
    }
  }

  @Test
  void flagsThatKeysHaveNotAreRefusedUnlessAskedFor() {
    try (MemcachedServer cache = MemcachedServer.start();
        RedisServer redis = RedisServer.start()) {
      cache.set("plain", "text", "");
      cache.set("packed", "text", "F7");
      cache.settle();
      String[] migrate = {"migrate", MemcachedServer.uri(cache), redis.uri(0)};
      Invocation refused = Invocation.of(migrate);
      assertThat(refused.err()).contains("items.flags of key=packed: not kept by another engine");
      assertThat(refused.status()).isEqualTo(5);
      redis.call("FLUSHALL");
      Invocation done = Invocation.of(migrate[0], migrate[1], migrate[2], "--on-lossy", "warn");
      assertThat(done.err()).contains("1 dataset, 2 rows", "1 value").contains("key=packed");
      assertThat((byte[]) redis.call("GET", "packed")).asString().isEqualTo("text");
    }
  }

  @Test
  void keysOfOtherTypesAreRefusedUnlessAskedFor() {
    try (RedisServer redis = RedisServer.start();
        MemcachedServer cache = MemcachedServer.start()) {
      redis.call("SET", "a", "text");
      redis.call("RPUSH", "l", "x", "y");
      String[] migrate = {"migrate", redis.uri(0), MemcachedServer.uri(cache)};
      Invocation refused = Invocation.of(migrate);
      assertThat(refused.err()).contains("key=l", "the target holds no list");
      assertThat(refused.status()).isEqualTo(5);
      Invocation done =
          Invocation.of(
              migrate[0], migrate[1], migrate[2] + "?if-exists=replace", "--on-lossy", "text");
      assertThat(done.err()).contains("1 dataset, 2 rows");
      assertThat(done.status()).isZero();
      Database copy = Database.empty();
      assertThat(Invocation.of("migrate", migrate[2], copy.uri()).status()).isZero();
      assertThat(copy.ask("select value from items where key = 'l'")).isEqualTo("[\"x\",\"y\"]");
    }
  }

  @Test
  void keysAreProvedWhateverTheTwoStoresCallThem() {
    try (RedisServer redis = RedisServer.start();
        MemcachedServer cache = MemcachedServer.start()) {
      redis.call("SELECT", "5");
      redis.call("SET", "a", "text");
      redis.call("SET", "b", "", "EXAT", "2000000000");
      Invocation there =
          Invocation.of("migrate", redis.uri(5), MemcachedServer.uri(cache), "--verify");
      assertThat(there.err()).contains("verified: the same as the source in 1 dataset, 2 rows");
      assertThat(there.status()).isZero();
      cache.settle();
      Invocation back =
          Invocation.of("migrate", MemcachedServer.uri(cache), redis.uri(9), "--verify");
      assertThat(back.err()).contains("verified: the same as the source in 1 dataset, 2 rows");
      assertThat(back.status()).isZero();
      Invocation again =
          Invocation.of(
              "migrate",
              MemcachedServer.uri(cache),
              redis.uri(9),
              "--if-exists",
              "replace",
              "--verify");
      assertThat(again.err()).contains("verified: the same as the source in 1 dataset, 2 rows");
      assertThat(again.status()).isZero();
    }
  }

  @Test
  void keysThatExpireAmidASecondAreProvedByWholeOnes(@TempDir Path folder) {
    try (RedisServer redis = RedisServer.start();
        MemcachedServer cache = MemcachedServer.start()) {
      redis.call("SET", "a", "text", "PXAT", "2000000000123");
      redis.call("SET", "b", "", "PXAT", "2000000000000");
      redis.call("SET", "c", "text");
      String items = MemcachedServer.uri(cache);
      Invocation moved = Invocation.of("migrate", redis.uri(0), items, "--verify");
      assertThat(moved.err()).contains("verified: the same as the source in 1 dataset, 3 rows");
      assertThat(moved.status()).isZero();
      cache.settle();
      String vault = folder.resolve("vault").toString();
      assertThat(Invocation.of("backup", "--init", redis.uri(0), vault).status()).isZero();
      Invocation restored =
          Invocation.of("restore", vault, items, "--if-exists", "replace", "--verify");
      assertThat(restored.err()).contains("verified: the same as the snapshot in 1 dataset");
      assertThat(restored.status()).isZero();
      assertThat(Invocation.of("compare", redis.uri(0), items).out())
          .contains("same: 1 dataset, 3 rows");
      redis.call("SET", "a", "text", "PXAT", "2000000001000");
      Invocation other = Invocation.of("compare", redis.uri(0), items);
      assertThat(other.out()).contains("expires is 2033-05-18T03:33:21Z in A");
      assertThat(other.status()).isEqualTo(4);
    }
  }

  @Test
  void severalDatabasesAreProvedInTheOneCacheTheyWentInto() {
    try (RedisServer redis = RedisServer.start();
        MemcachedServer cache = MemcachedServer.start()) {
      redis.call("SET", "a", "text");
      redis.call("SELECT", "3");
      redis.call("SET", "b", "other");
      String items = MemcachedServer.uri(cache);
      Invocation moved = Invocation.of("migrate", redis.uri(), items, "--verify");
      assertThat(moved.err()).contains("verified: the same as the source in 1 dataset, 2 rows");
      assertThat(moved.status()).isZero();
      redis.call("SET", "a", "hidden");
      Invocation twice =
          Invocation.of("migrate", redis.uri(), items, "--if-exists", "replace", "--verify");
      assertThat(twice.err()).contains("key 'a' was not written", "verification FAILED");
      assertThat(twice.status()).isEqualTo(4);
    }
  }
}
