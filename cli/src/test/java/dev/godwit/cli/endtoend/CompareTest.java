package dev.godwit.cli.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.godwit.cli.Invocation;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Databases and snapshots held against each other. */
class CompareTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final AtomicInteger VAULTS = new AtomicInteger();

  @TempDir static Path folder;

  private static String backUp(Database database) {
    String vault = folder.resolve("vault" + VAULTS.incrementAndGet()).toString();
    backUp(database, vault, "first");
    return vault;
  }

  private static void backUp(Database database, String vault, String tag) {
    Invocation done = Invocation.of("backup", "-q", "--init", database.uri(), vault, "--tag", tag);
    assertThat(done.status()).as(done.err()).isZero();
  }

  private static Invocation compare(String... arguments) {
    List<String> line = new ArrayList<>(List.of("compare"));
    line.addAll(List.of(arguments));
    return Invocation.of(line.toArray(String[]::new));
  }

  private static Database with(String sql) {
    Database made = Database.empty();
    made.execute(sql);
    return made;
  }

  /** The events of a kind. */
  private static List<JsonNode> events(Invocation done, String kind) throws Exception {
    List<JsonNode> events = new ArrayList<>();
    for (String line : done.out().lines().toList()) {
      JsonNode event = JSON.readTree(line);
      assertThat(event.get("schema").asText()).as("%s", line).isEqualTo("godwit.run/1");
      if (event.get("event").asText().equals(kind)) {
        events.add(event);
      }
    }
    return events;
  }

  @Test
  void aStoreIsTheSameAsItsVaultAndAsWhatIsRestored() {
    Database shop = Database.withShop();
    String vault = backUp(shop);
    Database copy = Database.missing();
    assertThat(Invocation.of("restore", "-q", "--create", vault, copy.uri()).status()).isZero();

    for (Invocation done :
        List.of(
            compare(shop.uri(), vault),
            compare(vault, copy.uri(), "--jobs", "1"),
            compare(vault, vault, "--jobs", "3"),
            compare(shop.uri(), copy.uri()))) {
      assertThat(done.out())
          .contains("DATASET", "ROWS A", "public.orders", "3,002")
          .contains("the same: 2 datasets, 3,502 rows");
      assertThat(done.err()).isEmpty();
      assertThat(done.status()).isZero();
    }
    Invocation quiet = compare("-q", shop.uri(), vault);
    assertThat(quiet.out()).isEmpty();
    assertThat(quiet.status()).isZero();
  }

  @Test
  void whatDiffersIsNamed() throws Exception {
    Database shop = Database.withShop();
    String vault = backUp(shop);
    shop.execute(
        """
        update orders set total = 1, placed = null where id = 17;
        update orders set total = 'Infinity' where id = 0;
        update orders set blob = null where id = -1;
        delete from orders where id = 99;
        insert into orders (id) values (100000);
        create table extra (x text);
        insert into extra values ('a'), ('b');
        """);
    Invocation done = compare(vault, shop.uri());
    assertThat(done.status()).isEqualTo(4);
    assertThat(done.out())
        .containsPattern("public\\.customers +500 +500  same")
        .containsPattern(
            "public\\.orders +3,002 +3,002  different: 3 rows changed, 1 only in A, 1 only in B")
        .containsPattern("public\\.extra +- +2  only in B")
        .contains("differs: id -1: blob is 0x in A, null in B")
        .contains("total is NaN (misfit NAN) in A, Infinity (misfit POS_INF) in B")
        .contains(
            "differs: id 17: total is 21.25 in A, 1 in B;"
                + " placed is 2026-01-01T00:00:17Z in A, null in B")
        .contains("only in A: id 99")
        .contains("only in B: id 100000")
        .contains("different: 2 of 3 datasets");
    assertThat(compare(vault, shop.uri(), "--limit", "2").out()).contains("and 3 more");

    Invocation told = compare("--json", vault, shop.uri());
    assertThat(told.status()).isEqualTo(4);
    assertThat(events(told, "difference")).hasSize(5);
    JsonNode changed =
        events(told, "difference").stream()
            .filter(d -> d.get("key").get("id").asInt() == 0)
            .findFirst()
            .orElseThrow();
    assertThat(changed.get("kind").asText()).isEqualTo("changed");
    assertThat(changed.get("a").get("total").get("misfit").asText()).isEqualTo("NAN");
    assertThat(events(told, "compared"))
        .hasSize(3)
        .allSatisfy(event -> assertThat(event.get("columns")).isEmpty());
    assertThat(events(told, "end").get(0).get("exit").asInt()).isEqualTo(4);
  }

  @Test
  void twoSnapshotsOfOneVaultAreCompared() {
    Database shop = Database.withShop();
    String vault = backUp(shop);
    shop.execute("delete from orders where id > 2990");
    backUp(shop, vault, "second");

    Invocation done =
        compare(vault, vault, "--snapshot-a", "tag:first", "--snapshot-b", "tag:second");
    assertThat(done.out()).contains("10 only in A");
    assertThat(done.status()).isEqualTo(4);
    assertThat(compare(vault, shop.uri()).status()).isZero();
  }

  @Test
  void rowsWithoutKeyAreCountedNotCancelled() {
    Database two = with("create table t (x text); insert into t values ('r'), ('r'), (null)");
    Database four = with("create table t (x text); insert into t values ('r'), ('r'), (null)");
    assertThat(compare(two.uri(), four.uri()).status()).isZero();
    four.execute("insert into t values ('r'), ('r')");
    Invocation done = compare(two.uri(), four.uri());
    assertThat(done.out()).contains("only in B: 2 times x \"r\"");
    assertThat(done.status()).isEqualTo(4);
  }

  @Test
  void valuesThatOnlyLookTheSameAreDifferent() {
    String table =
        "create table t (id int primary key, f float8, s text, d date, n numeric, j json, b bytea,"
            + " a int[]);";
    Database a =
        with(
            table
                + """
                insert into t (id, f) values (1, '-0.0');
                insert into t (id, s) values (2, '');
                insert into t (id, d) values (3, 'infinity');
                insert into t (id, n) values (4, 'NaN');
                insert into t (id, j) values (5, '{"a": 1}');
                insert into t (id, b) values (6, '\\x00');
                insert into t (id, a) values (7, '{}');
                insert into t (id, n) values (8, 1.50);
                insert into t (id, f) values (9, 'NaN');
                """);
    Database b =
        with(
            table
                + """
                insert into t (id, f) values (1, '0.0');
                insert into t (id, s) values (2, null);
                insert into t (id, d) values (3, '-infinity');
                insert into t (id, n) values (4, null);
                insert into t (id, j) values (5, '{"a":1}');
                insert into t (id, b) values (6, '\\x');
                insert into t (id, a) values (7, null);
                insert into t (id, n) values (8, 1.5);
                insert into t (id, f) values (9, 'NaN');
                """);
    Invocation done = compare(a.uri(), b.uri());
    assertThat(done.out())
        .contains("different: 7 rows changed")
        .contains("id 1: f is -0.0 in A, 0.0 in B")
        .contains("id 2: s is \"\" in A, null in B")
        .contains("id 3: d is infinity (misfit POS_INF) in A, -infinity (misfit NEG_INF) in B")
        .contains("id 4: n is NaN (misfit NAN) in A, null in B")
        .contains("id 5: j is \"{\"a\": 1}\" in A, \"{\"a\":1}\" in B")
        .contains("id 6: b is 0x00 in A, 0x in B")
        .contains("id 7: a is [] in A, null in B");
  }

  @Test
  void typesMayDifferWhereValuesDoNot() {
    Database a =
        with(
            "create table t (id int primary key, v varchar(9), n numeric(10,2), x int);"
                + "insert into t values (1, 'a', 1.5, 1)");
    Database b =
        with(
            "create table t (x text, n numeric, v text, id bigint primary key);"
                + "insert into t values ('1', 1.50, 'a', 1)");
    Invocation done = compare(a.uri(), b.uri());
    assertThat(done.out())
        .contains("column x cannot be compared: integer in A, text in B")
        .contains("different: other columns");
    a.execute("alter table t drop x");
    b.execute("alter table t drop x");
    assertThat(compare(a.uri(), b.uri()).status()).isZero();
  }

  @Test
  void aLargeValueIsComparedToItsLastByte() {
    String sql =
        "create table t (id int primary key, big bytea);"
            + "insert into t values (1, decode(repeat('ab', 9000000) || '%s', 'hex'))";
    Database a = with(sql.formatted("01"));
    String vault = backUp(a);
    Database b = with(sql.formatted("02"));
    assertThat(compare(a.uri(), vault).status()).isZero();
    Invocation done = compare(vault, b.uri());
    assertThat(done.out())
        .containsPattern("big is 9,000,001 bytes \\(SHA-256 [0-9a-f]{12}\\.\\.\\.");
    assertThat(done.status()).isEqualTo(4);
  }

  @Test
  void onlyWhatIsMeantIsCompared() throws Exception {
    Database a = Database.withShop();
    Database b = Database.withShop();
    b.execute("alter table orders rename to old; delete from customers where id = 1 and false");
    b.execute("create table orders (id int); insert into orders values (1)");
    assertThat(compare(a.uri(), b.uri(), "--include", "orders", "--rename", "orders=old").status())
        .isZero();
    Invocation chosen = compare(a.uri(), b.uri(), "--include", "old", "--json");
    assertThat(chosen.status()).isEqualTo(4);
    assertThat(events(chosen, "compared")).hasSize(1);
    assertThat(events(chosen, "compared").get(0).get("rows_a").isNull()).isTrue();
    assertThat(compare(a.uri(), b.uri(), "--exclude", "orders", "--exclude", "old").status())
        .isZero();
  }

  @Test
  void badInputIsRefusedInOneLine() {
    Database shop = Database.withShop();
    String vault = backUp(shop);
    refused(2, "matches no table", shop.uri(), shop.uri(), "--include", "nothing_like_it");
    refused(2, "is for a vault, and A is a store", shop.uri(), vault, "--snapshot-a", "latest");
    refused(2, "--limit", shop.uri(), vault, "--limit", "-1");
    refused(2, "no plugin reads oracel://", "oracel://h/db", vault);
    refused(10, "none", shop.uri(), folder.resolve("none").toString());
    refused(10, "nothing", shop.uri(), vault, "--snapshot-b", "tag:nothing");
    refused(20, "127.0.0.1", "postgresql://postgres@127.0.0.1:1/db", vault);
    refused(1, "nothing was compared", Database.empty().uri(), Database.empty().uri());
  }

  private static void refused(int status, String message, String... arguments) {
    Invocation done = compare(arguments);
    assertThat(done.err()).contains(message);
    assertThat(done.errorLines()).hasSize(2);
    assertThat(done.errorLines().get(1)).startsWith("hint: ");
    assertThat(done.out()).isEmpty();
    assertThat(done.status()).isEqualTo(status);
  }

  @Test
  void whatIsToBeRenamedAndIsNotThereIsRefused() {
    Database shop = Database.withShop();
    Database empty = Database.empty();
    for (String[] sides : new String[][] {{shop.uri(), shop.uri()}, {empty.uri(), shop.uri()}}) {
      Invocation wrong = compare(sides[0], sides[1], "--rename", "odrers=orders");
      assertThat(wrong.err()).contains("--rename: there is no dataset odrers", "hint: ");
      assertThat(wrong.out()).isEmpty();
      assertThat(wrong.status()).isEqualTo(2);
    }
    assertThat(compare(shop.uri(), shop.uri(), "--rename", "public.orders=public.orders").status())
        .isZero();
  }
}
