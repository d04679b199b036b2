package dev.godwit.cli.endtoend;

import static java.nio.file.Files.readString;
import static org.assertj.core.api.Assertions.assertThat;

import dev.godwit.cli.Invocation;
import dev.godwit.testkit.server.redis.RedisServer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A cache that is warmed from a database: rows of PostgreSQL as keys of Redis. */
class MigrateToKeysTest {
  private static Database shop;
  private static RedisServer redis;

  @TempDir Path folder;

  @BeforeAll
  static void fill() {
    shop = Database.withShop();
    shop.execute(
        "create table visits (page text, day date, hits bigint, primary key (page, day));"
            + " insert into visits values ('/a', '2026-01-01', 3), ('/a:b', '2026-01-02', 4);"
            + " create table keyless (n integer);"
            + " create table odd (id integer primary key, code text unique, n text);"
            + " insert into odd values (1, 'x', null), (2, null, '')");
    redis = RedisServer.start();
  }

  @AfterAll
  static void stop() {
    redis.close();
  }

  @BeforeEach
  void empty() {
    redis.call("FLUSHALL");
  }

  private static Invocation migrate(String... more) {
    return migrateTo(redis.uri(0), more);
  }

  private static Invocation migrateTo(String target, String... more) {
    List<String> all = new ArrayList<>(List.of("migrate", shop.uri(), target));
    all.addAll(Arrays.asList(more));
    return Invocation.of(all.toArray(new String[0]));
  }

  private static Map<String, String> hash(String key) {
    Map<String, String> fields = new TreeMap<>();
    List<?> all = (List<?>) redis.call("HGETALL", key);
    for (int i = 0; i < all.size(); i += 2) {
      fields.put(text(all.get(i)), text(all.get(i + 1)));
    }
    return fields;
  }

  private static String text(Object bytes) {
    return new String((byte[]) bytes, StandardCharsets.UTF_8);
  }

  @Test
  void rowsBecomeHashes() {
    Invocation done = migrate("--include", "customers", "--include", "orders", "--verify");
    assertThat(done.err())
        .contains("2 datasets, 3,502 rows")
        .contains("verified: the same as the source");
    assertThat(done.status()).isZero();
    assertThat(hash("customers:7"))
        .isEqualTo(Map.of("id", "7", "name", "Customer 7", "prefs", "{\"n\": 7}"));
    assertThat(hash("orders:2"))
        .containsEntry("placed", "2026-01-01T00:00:02Z")
        .containsEntry("total", "2.50");
    assertThat(hash("orders:0")).isEqualTo(Map.of("id", "0", "placed", "infinity", "total", "NaN"));
    byte[] blob = (byte[]) redis.call("HGET", "orders:9", "blob");
    assertThat(blob).hasSize(16);
    assertThat(redis.call("DBSIZE")).isEqualTo(3502L);
  }

  @Test
  void orStringsOfJsonThatExpire() {
    Invocation done =
        migrateTo(
            redis.uri(3) + "?rows=json",
            "--include",
            "customers",
            "--key",
            "c/{id}",
            "--expires",
            "12h",
            "--verify");
    assertThat(done.err()).contains("1 dataset, 500 rows").contains("verified");
    assertThat(done.status()).isZero();
    redis.call("SELECT", "3");
    try {
      assertThat(redis.text("GET", "c/7"))
          .isEqualTo("{\"id\":7,\"name\":\"Customer 7\",\"prefs\":{\"n\": 7}}");
      assertThat((Long) redis.call("PTTL", "c/7")).isBetween(42_000_000L, 43_200_000L);
    } finally {
      redis.call("SELECT", "0");
    }
  }

  @Test
  void columnsConditionsMasksAndQueriesGoWithIt() {
    Invocation done =
        migrate(
            "--verify",
            "--query",
            "top=select id, customer, total from orders where id between 1 and 20",
            "--key",
            "top=id",
            "--key",
            "top=best:{id}",
            "--mask",
            "top.customer=null");
    assertThat(done.err()).contains("1 dataset, 20 rows", "verified");
    assertThat(done.status()).isZero();
    assertThat(hash("best:2")).isEqualTo(Map.of("id", "2", "total", "2.50"));
    redis.call("FLUSHALL");
    assertThat(
            migrate(
                    "--include",
                    "customers",
                    "--columns",
                    "customers=id,name",
                    "--where",
                    "customers=id < 3",
                    "--verify")
                .status())
        .isZero();
    assertThat(hash("customers:2")).isEqualTo(Map.of("id", "2", "name", "Customer 2"));
    assertThat(redis.call("DBSIZE")).isEqualTo(2L);
  }

  @Test
  void aDryRunTellsWhatBecomesOfEachColumn() {
    Invocation done = migrate("--dry-run", "--include", "orders");
    assertThat(done.out()).contains("text of bigint", "wider", "bytes", "exact");
    assertThat(done.status()).isZero();
    assertThat(redis.call("DBSIZE")).isEqualTo(0L);
  }

  @Test
  void aSnapshotWarmsACacheToo() {
    String vault = folder.resolve("vault").toString();
    assertThat(Invocation.of("backup", "-q", "--init", shop.uri(), vault).status()).isZero();
    Invocation done =
        Invocation.of(
            "restore",
            "--verify",
            vault,
            redis.uri(0),
            "--include",
            "customers",
            "--key",
            "customer:{id}");
    assertThat(done.err()).contains("verified: the same as the snapshot in 1 dataset, 500 rows");
    assertThat(done.status()).isZero();
    assertThat(hash("customer:500")).containsEntry("name", "Customer 500");
  }

  @Test
  void aMappingFileKeepsTheTemplate() throws Exception {
    String file = folder.resolve("m.toml").toString();
    String[] choice = {"--include", "customers"};
    assertThat(
            migrate("--dry-run", choice[0], choice[1], "--key", "c:{id}", "--save-mapping", file)
                .status())
        .isZero();
    assertThat(readString(Path.of(file)))
        .contains(
            "key = \"c:{id}\"", "name = { name = \"name\", type = \"text\" } # text, held as");
    assertThat(migrate("--mapping", file, choice[0], choice[1], "--verify").status()).isZero();
    assertThat(hash("c:1")).containsEntry("name", "Customer 1");
    java.nio.file.Files.writeString(
        Path.of(file), readString(Path.of(file)).replace("c:{id}", "c:{id"));
    Invocation wrong = migrate("--mapping", file, choice[0], choice[1]);
    assertThat(wrong.err()).contains("m.toml:", "a brace is left open");
    assertThat(wrong.status()).isEqualTo(2);
  }

  @Test
  void whatDiffersIsFound() {
    assertThat(migrate("--include", "customers").status()).isZero();
    redis.call("HSET", "customers:7", "name", "another");
    redis.call("DEL", "customers:8");
    redis.call("SET", "customers:nobody", "x");
    redis.call("SET", "else", "x");
    Invocation done =
        migrateTo(redis.uri(0) + "?if-exists=keep", "--include", "customers", "--verify");
    assertThat(done.err())
        .contains("keys that were there, kept: 499")
        .contains("verification FAILED: other than the source in 1 of 1 dataset");
    assertThat(done.status()).isEqualTo(4);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{id|a brace is left open|2",
        "{id}{name}|nothing stands between id and name|2",
        "c:{nobody}|has no column nobody|2",
        "c:{name}|two rows of|2",
        "orders=o:{id}|no dataset orders|2",
        "customers=id|the key of no query|2",
      })
  void wrongTemplates(String key, String message, int status) {
    Invocation done = migrate("--include", "customers", "--key", key);
    assertThat(done.err()).contains(message);
    assertThat(done.errorLines()).hasSize(2);
    assertThat(done.status()).isEqualTo(status);
    assertThat(redis.call("DBSIZE")).isEqualTo(0L);
  }

  private static void refused(String message, int status, String... more) {
    Invocation done = migrate(more);
    assertThat(done.err()).contains(message, "hint: ");
    assertThat(done.status()).isEqualTo(status);
  }

  @Test
  void whatCannotBe() {
    refused("have no primary key", 2, "--include", "keyless");
    refused(
        "could make the same key",
        2,
        "--exclude",
        "keyless",
        "--key",
        "x:{id}",
        "--exclude",
        "visits");
    refused("holds ':', which ends it in the key", 1, "--include", "visits");
    redis.call("FLUSHALL");
    refused("two rows of", 2, "--include", "odd", "--key", "{code}");
    refused("n of row id=1 is null", 1, "--include", "odd", "--key", "{id}:{n}");
    redis.call("FLUSHALL");
    refused("cannot read --expires 'soon'", 2, "--include", "odd", "--expires", "soon");
    refused("makes keys of odd twice", 2, "--key", "odd={id}", "--key", "odd=a:{id}");
    Database copy = Database.empty();
    Invocation rows = Invocation.of("migrate", shop.uri(), copy.uri(), "--key", "customers=c:{id}");
    assertThat(rows.err()).contains("no keys are made of the records", "hint: ");
    assertThat(rows.status()).isEqualTo(2);
    Invocation backup =
        Invocation.of(
            "backup", "--init", shop.uri(), folder.resolve("v").toString(), "--key", "c:{id}");
    assertThat(backup.err()).contains("makes no keys", "hint: ");
    assertThat(backup.status()).isEqualTo(2);
  }

  /** One has its number from the URI, the other from its new name: both are in one database. */
  @Test
  void oneDatabaseIsNotTakenForTwo() {
    String[] both = {"--include", "customers", "--include", "odd", "--key", "x:{id}", "--rename"};
    String[] named = Arrays.copyOf(both, both.length + 1);
    named[both.length] = "odd=db3";
    Invocation done = migrateTo(redis.uri(3), named);
    assertThat(done.err()).contains("would both be in db3", "hint: ");
    assertThat(done.status()).isEqualTo(1);
    assertThat(text(redis.call("INFO", "keyspace"))).doesNotContain("db3");
  }

  @Test
  void anotherSeparatorHelps() {
    assertThat(migrate("--include", "visits", "--key", "v {page} {day}", "--verify").status())
        .isZero();
    assertThat(hash("v /a:b 2026-01-02")).containsEntry("hits", "4");
  }
}
