package dev.godwit.cli.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.godwit.cli.Invocation;
import dev.godwit.testkit.server.mongo.MongoServer;
import dev.godwit.testkit.server.redis.Contents;
import dev.godwit.testkit.server.redis.RedisServer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Keys of Redis, of every type, as rows and documents, and back. */
class MigrateKeysTest {
  private static RedisServer redis;
  private static RedisServer other;

  @TempDir Path folder;

  @BeforeAll
  static void fill() {
    redis = RedisServer.start();
    other = RedisServer.start();
    redis.call("SET", "greeting", "sch\u00f6n");
    redis.callRaw("SET", new byte[] {0, -1}, new byte[] {8, 0, -2});
    redis.call("SET", "{\"base64\":\"no", "{\"base64\":\"AA==\"}");
    redis.call("SET", "brief", "x", "PX", "3600000");
    redis.call("RPUSH", "list", "b", "a", "b");
    redis.call("SADD", "set", "1", "2", "word");
    redis.call("ZADD", "zset", "1.5", "m", "1e300", "n", "inf", "o", "-0.001", "p", "-0", "q");
    redis.call("HSET", "hash", "f", "1.50", "g", "");
    redis.callRaw("HSET", bytes("hash"), new byte[] {-1}, new byte[] {0});
    redis.call("XADD", "stream", "1-1", "k", "v");
    redis.call("XGROUP", "CREATE", "stream", "g", "0");
    redis.call("XREADGROUP", "GROUP", "g", "c", "STREAMS", "stream", ">");
    redis.call("SELECT", "2");
    List<List<String>> many = new ArrayList<>();
    for (int i = 0; i < 20_000; i++) {
      many.add(List.of("SET", "key:" + i, "value " + i));
    }
    redis.callMany(many);
    redis.call("SET", "long", "y\n".repeat(5 << 20));
    redis.call("SELECT", "0");
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @AfterAll
  static void stop() {
    redis.close();
    other.close();
  }

  @BeforeEach
  void empty() {
    other.call("FLUSHALL");
  }

  @Test
  void becomeRowsThatPeopleCanReadAndTheSameKeysAgain() {
    Database copy = Database.empty();
    Invocation done = Invocation.of("migrate", redis.uri(), copy.uri(), "--verify");
    assertThat(done.err())
        .contains("2 datasets, 20,010 rows")
        .contains("verified: the same as the source in 2 datasets, 20,010 rows");
    assertThat(done.status()).isZero();
    assertThat(copy.ask("select value from db0 where key = 'greeting'")).isEqualTo("sch\u00f6n");
    assertThat(copy.ask("select value from db0 where key = '{\"base64\":\"AP8=\"}'"))
        .isEqualTo("{\"base64\":\"CAD+\"}");
    assertThat(copy.ask("select elements from db0 where key = 'list'"))
        .isEqualTo("[\"b\",\"a\",\"b\"]");
    assertThat(copy.ask("select elements->0->>1 from db0 where key = 'hash'")).isEqualTo("1.50");
    assertThat(copy.ask("select count(*) from db2 where type = 'string'")).isEqualTo("20001");
    assertThat(copy.ask("select expires > now() from db0 where key = 'brief'")).isEqualTo("t");

    Invocation back = Invocation.of("migrate", copy.uri(), other.uri(), "--verify");
    assertThat(back.err()).contains("verified: the same as the source in 2 datasets, 20,010 rows");
    assertThat(back.status()).isZero();
    assertThat(Contents.of(other)).isEqualTo(Contents.of(redis));

    assertThat(Invocation.of("compare", redis.uri(), copy.uri()).status()).isZero();
    copy.execute("update db0 set value = 'x' where key = 'greeting'");
    Invocation differs = Invocation.of("compare", redis.uri(), copy.uri());
    assertThat(differs.err() + differs.out()).contains("db0").contains("greeting");
    assertThat(differs.status()).isEqualTo(4);
  }

  /** Without a proof the source is read as a replica, in one pass. */
  @Test
  void areMovedInOnePass() {
    Database copy = Database.empty();
    Invocation done = Invocation.of("migrate", redis.uri(), copy.uri());
    assertThat(done.err()).contains("2 datasets, 20,010 rows", "guarantee SNAPSHOT");
    assertThat(done.status()).isZero();
    assertThat(copy.ask("select length(value) from db2 where key = 'long'")).isEqualTo("10485760");
  }

  @Test
  void areRestoredAsRows() {
    String vault = folder.resolve("vault").toString();
    assertThat(Invocation.of("backup", "-q", "--init", redis.uri(), vault).status()).isZero();
    Database copy = Database.empty();
    Invocation done = Invocation.of("restore", "--verify", vault, copy.uri(), "--include", "db0");
    assertThat(done.err()).contains("verified: the same as the snapshot in 1 dataset, 9 rows");
    assertThat(done.status()).isZero();
    assertThat(Invocation.of("compare", vault, copy.uri(), "--include", "db0").status()).isZero();
  }

  @Test
  void becomeDocuments() {
    MongoServer server = MongoServer.shared();
    String name = server.freeName();
    Invocation done =
        Invocation.of("migrate", redis.uri(), server.uri(name), "--include", "db0", "--verify");
    assertThat(done.err()).contains("verified: the same as the source in 1 dataset, 9 rows");
    assertThat(done.status()).isZero();
    assertThat(server.ask(name, "{find: 'db0', filter: {_id: 'list'}}"))
        .contains("\"type\": \"list\"", "\"elements\": [\"b\", \"a\", \"b\"]");
  }

  /** All keys as documents of two collections, in a database of a name that is free. */
  private static String documents() {
    MongoServer server = MongoServer.shared();
    String name = server.freeName();
    Invocation done = Invocation.of("migrate", redis.uri(), server.uri(name), "--verify");
    assertThat(done.err()).contains("verified: the same as the source in 2 datasets, 20,010 rows");
    assertThat(done.status()).isZero();
    return name;
  }

  @Test
  void documentsThatWereKeysBecomeTheSameKeysAgain() {
    String uri = MongoServer.shared().uri(documents());
    Invocation back = Invocation.of("migrate", uri, other.uri(), "--verify");
    assertThat(back.err()).contains("verified: the same as the source in 2 datasets, 20,010 rows");
    assertThat(back.status()).isZero();
    assertThat(Contents.of(other)).isEqualTo(Contents.of(redis));
    assertThat(other.text("ZSCORE", "zset", "q")).isEqualTo("-0");
    assertThat(Invocation.of("compare", other.uri(), uri).status()).isZero();
  }

  @Test
  void documentsThatWereKeysAreRestoredAsTheSameKeys() {
    String vault = folder.resolve("vault").toString();
    String uri = MongoServer.shared().uri(documents());
    assertThat(Invocation.of("backup", "-q", "--init", uri, vault).status()).isZero();
    Invocation done = Invocation.of("restore", "--verify", vault, other.uri());
    assertThat(done.err())
        .contains("verified: the same as the snapshot in 2 datasets, 20,010 rows");
    assertThat(done.status()).isZero();
    assertThat(Contents.of(other)).isEqualTo(Contents.of(redis));
  }

  @Test
  void whatBecomesOfThemIsShownAndMayBeChosen() {
    String uri = MongoServer.shared().uri(documents());
    Path file = folder.resolve("mapping.toml");
    String[] migrate = {
      "migrate",
      uri,
      other.uri(),
      "--include",
      "db0",
      "--save-mapping",
      file.toString(),
      "--dry-run"
    };
    Invocation shown = Invocation.of(migrate);
    assertThat(shown.status()).as(shown.err()).isZero();
    assertThat(other.call("DBSIZE")).isEqualTo(0L);
    assertThat(file).content().contains("_id = { name = \"key\", type = \"key\" }");
    Invocation done =
        Invocation.of(
            "migrate", uri, other.uri(), "--include", "db0", "--mapping", file.toString());
    assertThat(done.status()).as(done.err()).isZero();
    assertThat(other.text("GET", "greeting")).isEqualTo("sch\u00f6n");
    other.call("FLUSHALL");

    String[] templated = {
      "migrate", uri, other.uri(), "--include", "db0", "--key", "x:{_id}", "--verify"
    };
    Invocation hashes = Invocation.of(templated);
    assertThat(hashes.status()).as(hashes.err()).isZero();
    assertThat(other.text("HGET", "x:greeting", "value")).isEqualTo("sch\u00f6n");

    Invocation masked = Invocation.of("migrate", uri, other.uri(), "--mask", "db0.value=null");
    assertThat(masked.err()).contains("what is inside of a document cannot be masked");
    assertThat(masked.status()).isEqualTo(2);
  }

  @Test
  void aDocumentAmongThemThatWasNoKeyIsRefused() {
    MongoServer server = MongoServer.shared();
    String name = documents();
    server.command(name, "{insert: 'db0', documents: [{_id: 'zzz', name: 'Ada'}]}");
    Invocation refused =
        Invocation.of("migrate", server.uri(name), other.uri(), "--include", "db0");
    assertThat(refused.err())
        .contains("document _id=zzz of ", "db0 becomes no key as it was", "hint: give --key");
    assertThat(refused.status()).isEqualTo(1);
  }

  /** What has no number goes into the first database, where any key may be. */
  @Test
  void keysAsTheyAreStandBesideNoOthersOfTheSameDatabase() {
    MongoServer server = MongoServer.shared();
    String name = server.freeName();
    server.command(
        name, "{insert: 'db0', documents: [{_id: 'people:1', type: 'string', value: 'x'}]}");
    server.command(name, "{insert: 'people', documents: [{_id: 1, name: 'Ada'}]}");
    Invocation refused = Invocation.of("migrate", server.uri(name), other.uri());
    assertThat(refused.err())
        .contains("could make the same key: keys as they are and people:{_id}", "hint: ");
    assertThat(refused.status()).isEqualTo(2);
    Invocation apart =
        Invocation.of("migrate", server.uri(name), other.uri(), "--rename", "db0=db2", "--verify");
    assertThat(apart.status()).as(apart.err()).isZero();
  }

  @Test
  void documentsBecomeKeys() {
    MongoServer server = MongoServer.shared();
    String name = server.freeName();
    server.command(
        name,
        "{insert: 'people', documents: [{_id: 1, name: 'Ada', at: {city: 'London'}},"
            + " {_id: 2, name: null, at: {city: 'Bonn'}}]}");
    String[] migrate = {
      "migrate", server.uri(name), other.uri(1), "--key", "p/{at.city}/{_id}", "--verify"
    };
    Invocation done = Invocation.of(migrate);
    assertThat(done.err()).contains("verified: the same as the source in 1 dataset, 2 rows");
    assertThat(done.status()).isZero();
    other.call("SELECT", "1");
    assertThat(other.text("HGET", "p/London/1", "name")).isEqualTo("Ada");
    assertThat(other.text("HGET", "p/London/1", "at")).isEqualTo("{\"city\": \"London\"}");
    assertThat(other.call("HGET", "p/Bonn/2", "name")).isNull();
    other.call("SELECT", "0");
    migrate[2] = other.uri(3) + "?rows=json";
    assertThat(Invocation.of(migrate).status()).isZero();
    other.call("SELECT", "3");
    assertThat(other.text("GET", "p/Bonn/2"))
        .isEqualTo("{\"_id\": 2, \"name\": null, \"at\": {\"city\": \"Bonn\"}}");
    other.call("SELECT", "0");
  }

  @Test
  void areLinesOfJson() {
    String vault = folder.resolve("vault").toString();
    assertThat(Invocation.of("backup", "-q", "--init", redis.uri(), vault).status()).isZero();
    Invocation cat = Invocation.of("cat", vault, "db0");
    assertThat(cat.out().lines())
        .hasSize(9)
        .contains(
            "{\"key\":\"greeting\",\"type\":\"string\",\"value\":\"sch\u00f6n\"}",
            "{\"key\":{\"base64\":\"AP8=\"},\"type\":\"string\",\"value\":{\"base64\":\"CAD+\"}}",
            "{\"key\":\"{\\\"base64\\\":\\\"no\",\"type\":\"string\","
                + "\"value\":\"{\\\"base64\\\":\\\"AA==\\\"}\"}",
            "{\"key\":\"list\",\"type\":\"list\",\"elements\":[\"b\",\"a\",\"b\"]}")
        .anyMatch(
            line -> line.startsWith("{\"key\":\"brief\",\"type\":\"string\",\"expires\":\"20"));
    assertThat(Invocation.of("cat", vault, "db2").out().lines().filter(l -> l.contains("y\\ny")))
        .singleElement()
        .asString()
        .hasSize(15 * (1 << 20) + "{\"key\":\"long\",\"type\":\"string\",\"value\":\"\"}".length());
  }
}
