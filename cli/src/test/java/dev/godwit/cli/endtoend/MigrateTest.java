package dev.godwit.cli.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.godwit.cli.Invocation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** From one database into another. */
class MigrateTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static Database shop;

  @BeforeAll
  static void fill() {
    shop = Database.withShop();
  }

  @Test
  void everythingIsMovedAndProven() {
    Database copy = Database.missing();
    Invocation done = Invocation.of("migrate", "--create", "--verify", shop.uri(), copy.uri());
    assertThat(done.err())
        .contains("2 datasets, 3,502 rows", "guarantee SNAPSHOT")
        .contains("verified: the same as the source in 2 datasets, 3,502 rows");
    assertThat(done.status()).isZero();
    for (String table : List.of("orders", "customers")) {
      assertThat(copy.fingerprint(table)).isEqualTo(shop.fingerprint(table));
    }
    assertThat(copy.ask("select count(*) from pg_constraint where contype in ('p', 'f')"))
        .isEqualTo(shop.ask("select count(*) from pg_constraint where contype in ('p', 'f')"));
    assertThat(copy.ask("select count(*) from pg_namespace where nspname = '_godwit'"))
        .isEqualTo("0");
  }

  @Test
  void aPartIsMovedBesideWhatIsThere() {
    Database other = Database.empty();
    other.execute("create table mine (id integer)");
    Invocation done =
        Invocation.of(
            "migrate",
            "--verify",
            shop.uri(),
            other.uri(),
            "--include",
            "customers",
            "--where",
            "customers=id <= 10",
            "--rename",
            "customers=first");
    assertThat(done.err())
        .contains("1 dataset, 10 rows", "verified: the same as the source in 1 dataset, 10 rows");
    assertThat(done.status()).isZero();
    assertThat(other.ask("select sum(id) from first")).isEqualTo("55");
  }

  /** Whoever asks for it must not believe that it was done. */
  @Test
  void aPartNeedsNoOtherNameWhereItsOwnIsFree() {
    Database other = Database.empty();
    other.execute("create table mine (id integer)");
    String[] migrate = {"migrate", "--include", "customers", shop.uri(), other.uri()};
    assertThat(Invocation.of(migrate).status()).isZero();
    assertThat(other.fingerprint("customers")).isEqualTo(shop.fingerprint("customers"));
    Invocation again = Invocation.of(migrate);
    assertThat(again.err()).contains("customers exists already", "--rename");
    assertThat(again.status()).isOne();
    Invocation rest = Invocation.of("migrate", "--exclude", "customers", shop.uri(), other.uri());
    assertThat(rest.err()).contains("is not empty");
    assertThat(rest.status()).isOne();
  }

  @Test
  void whatWouldBeForNothingIsRefused() {
    Database copy = Database.empty();
    for (String option :
        List.of(
            "--passphrase",
            "--recipient=godwit1",
            "--identity=none",
            "--writer-key=none",
            "--passphrase-file=none",
            "--passphrase-command=false",
            "--mask-key-file=none",
            "--flatten")) {
      for (String[] more :
          new String[][] {{}, {"--dry-run"}, {"--mask", "customers.name=fixed:X"}}) {
        List<String> line = new ArrayList<>(List.of("migrate", option, shop.uri(), copy.uri()));
        line.addAll(List.of(more));
        Invocation refused = Invocation.of(line.toArray(String[]::new));
        assertThat(refused.status()).as("%s", line).isEqualTo(2);
        assertThat(refused.errorLines()).hasSize(2);
        assertThat(refused.errorLines().get(0)).contains(option.replaceFirst("=.*", ""));
        assertThat(copy.ask("select count(*) from pg_class where relname = 'customers'"))
            .isEqualTo("0");
      }
    }
  }

  @Test
  void aDryRunWritesNothing() throws Exception {
    Database copy = Database.empty();
    Invocation done = Invocation.of("migrate", "--dry-run", shop.uri(), copy.uri());
    assertThat(done.out()).contains("public.orders", "public.customers");
    assertThat(done.status()).isZero();
    JsonNode plan =
        JSON.readTree(
            Invocation.of("migrate", "--dry-run", "--json", shop.uri(), copy.uri()).out());
    assertThat(plan.get("datasets")).hasSize(2);
    assertThat(
            copy.ask(
                "select (select count(*) from pg_class where relname in ('orders', 'customers'))"
                    + " + (select count(*) from pg_namespace where nspname = '_godwit')"))
        .isEqualTo("0");
  }

  @Test
  void aRunIsToldInJsonLines() throws Exception {
    Database copy = Database.empty();
    List<String> lines =
        Invocation.of("migrate", "--json", shop.uri(), copy.uri()).out().lines().toList();
    assertThat(JSON.readTree(lines.get(0)).get("command").asText()).isEqualTo("migrate");
    JsonNode end = JSON.readTree(lines.get(lines.size() - 1));
    assertThat(end.get("event").asText()).isEqualTo("end");
    assertThat(end.get("rows").asLong()).isEqualTo(3502);
    assertThat(end.get("guarantee").asText()).isEqualTo("SNAPSHOT");
  }

  private static final Map<String, String> KEY =
      Map.of("GODWIT_MASK_KEY", "0123456789abcdef0123456789abcdef");

  @Test
  void whatIsMaskedStillMatches() {
    Database copy = Database.empty();
    Invocation done =
        Invocation.in(
            KEY,
            "migrate",
            "--verify",
            shop.uri(),
            copy.uri(),
            "--mask",
            "customers.id=hash",
            "--mask",
            "orders.customer=hash",
            "--mask",
            "customers.name=hash",
            "--mask",
            "orders.blob=null");
    assertThat(done.err()).contains("verified: the same as the source");
    assertThat(done.status()).isZero();
    assertThat(copy.ask("select count(*) from customers where name like 'Customer%'"))
        .isEqualTo("0");
    assertThat(copy.ask("select count(distinct id) from customers")).isEqualTo("500");
    assertThat(copy.ask("select count(*) from orders where blob is not null")).isEqualTo("0");
    String perCustomer =
        "select string_agg(n::text, ',' order by n) from (select count(*) n from orders"
            + " join customers on customers.id = orders.customer group by customer) x";
    assertThat(copy.ask(perCustomer)).isEqualTo(shop.ask(perCustomer));
  }

  @Test
  void aTableOfChosenColumnsIsMadeFromItsDescription() {
    Database copy = Database.empty();
    Invocation done =
        Invocation.of(
            "migrate", "--verify", shop.uri(), copy.uri(), "--columns", "orders=id,placed");
    assertThat(done.err())
        .contains("made from their mapping, without the definitions of the source:")
        .contains("verified: the same as the source in 2 datasets, 3,502 rows");
    assertThat(done.status()).isZero();
    assertThat(
            copy.ask(
                "select string_agg(attname || ' ' || format_type(atttypid, atttypmod), ', '"
                    + " order by attnum) from pg_attribute where attrelid = 'orders'::regclass"
                    + " and attnum > 0"))
        .isEqualTo("id bigint, placed timestamp with time zone");
    assertThat(
            copy.ask(
                "select count(*) from pg_constraint where conname in ('orders_pkey', 'customers_pkey')"))
        .isEqualTo("2");
  }

  @Test
  void wrongMasks() {
    Database copy = Database.empty();
    String[] plain = {"migrate", shop.uri(), copy.uri(), "--mask"};
    refusedMask("needs a key", Map.of(), plain, "customers.name=hash");
    refusedMask("matches no column", KEY, plain, "customers.nam=hash");
    refusedMask("matches no dataset", KEY, plain, "custmers.name=hash");
    refusedMask("is never null", KEY, plain, "customers.name=null");
    refusedMask("they are masked differently", KEY, plain, "orders.customer=hash");
    assertThat(copy.ask("select count(*) from pg_class where relname = 'customers'"))
        .isEqualTo("0");
  }

  /** A masked row would not lie in its partition: found before anything is written. */
  /** The first holds, and whoever wrote the other would not know. */
  @Test
  void ofTwoMasksOfAColumnNoneIsPassedOver() {
    Database copy = Database.empty();
    String[] plain = {
      "migrate", "--dry-run", shop.uri(), copy.uri(), "--mask", "*.name=fixed:y", "--mask"
    };
    refusedMask(
        "--mask customers.name=fixed:x masks nothing", Map.of(), plain, "customers.name=fixed:x");
    plain[5] = "public.customers.name=fixed:y";
    refusedMask("comes first", Map.of(), plain, "\"customers\".\"name\"=fixed:x");
    String[] patternLast = Arrays.copyOf(plain, plain.length + 1);
    patternLast[plain.length] = "*.name=fixed:x";
    assertThat(Invocation.of(patternLast).status()).isZero();
    patternLast[plain.length] = "customers.name=fixed:y";
    assertThat(Invocation.of(patternLast).status()).isZero();
  }

  @Test
  void theKeyOfPartitionsIsNotMasked() {
    Database divided = Database.empty();
    divided.execute(
        """
        create table visits (id int, day date, who text) partition by range (day);
        create table visits_1 partition of visits for values from ('2026-01-01') to ('2026-02-01')
          partition by list (upper(who));
        create table visits_1_a partition of visits_1 for values in ('ANN');
        insert into visits values (1, '2026-01-05', 'Ann');
        """);
    Database copy = Database.empty();
    String[] plain = {"migrate", divided.uri(), copy.uri(), "--mask"};
    refusedMask("visits_1_a.who decides which partition", KEY, plain, "visits.who=hash");
    refusedMask("visits_1_a.day decides which partition", KEY, plain, "visits_1_a.day=null");
    assertThat(copy.ask("select count(*) from pg_class where relname like 'visits%'"))
        .isEqualTo("0");
    Invocation done =
        Invocation.in(
            KEY, "migrate", "--verify", divided.uri(), copy.uri(), "--mask", "visits.id=hash");
    assertThat(done.err()).contains("verified: the same as the source in 1 dataset, 1 row");
    assertThat(done.status()).isZero();
    Database apart = Database.empty();
    Invocation chosen =
        Invocation.in(
            KEY,
            "migrate",
            divided.uri(),
            apart.uri(),
            "--mask",
            "visits.who=hash",
            "--columns",
            "visits=id,who");
    assertThat(chosen.status()).as(chosen.err()).isZero();
    assertThat(apart.ask("select count(*) from visits_1_a where who <> 'Ann'")).isEqualTo("1");
  }

  /** The rows of an heir are shown by its parent: they would stand there unmasked. */
  @Test
  void aColumnIsMaskedInTheHeirsOfItsTableToo() {
    Database heirs = Database.empty();
    heirs.execute(
        """
        create table people (id int primary key, email text);
        create table staff (room int) inherits (people);
        create table heads () inherits (staff);
        insert into people values (1, 'a@example.org');
        insert into heads values (2, 'b@example.org', 7);
        """);
    Database copy = Database.empty();
    String[] plain = {"migrate", heirs.uri(), copy.uri(), "--mask"};
    refusedMask("public.people, where email is masked", KEY, plain, "people.email=hash");
    refusedMask("public.staff, where email is masked", KEY, plain, "*.public.staff.email=null");
    assertThat(copy.ask("select count(*) from pg_class where relname = 'people'")).isEqualTo("0");
    Invocation done =
        Invocation.in(
            KEY, "migrate", "--verify", heirs.uri(), copy.uri(), "--mask", "public.*.email=hash");
    assertThat(done.status()).as(done.err()).isZero();
    assertThat(copy.ask("select count(*) from people where email not like '%@%'")).isEqualTo("2");
  }

  private static void refusedMask(
      String message, Map<String, String> environment, String[] plain, String mask) {
    String[] arguments = Arrays.copyOf(plain, plain.length + 1);
    arguments[plain.length] = mask;
    Invocation done = Invocation.in(environment, arguments);
    assertThat(done.err()).contains(message);
    assertThat(done.errorLines()).hasSize(2);
    assertThat(done.status()).isEqualTo(2);
  }

  private static void refused(int status, String message, String... arguments) {
    Invocation done = Invocation.of(arguments);
    assertThat(done.err()).contains(message);
    assertThat(done.errorLines()).hasSize(2);
    assertThat(done.errorLines().get(0)).startsWith("godwit: ");
    assertThat(done.errorLines().get(1)).startsWith("hint: ");
    assertThat(done.out()).isEmpty();
    assertThat(done.status()).isEqualTo(status);
  }

  @Test
  void wrongInput() {
    Database copy = Database.empty();
    String nobody = "postgresql://postgres@127.0.0.1:1/db";
    refused(20, "127.0.0.1", "migrate", nobody, copy.uri());
    refused(21, "127.0.0.1", "migrate", shop.uri(), nobody);
    refused(2, "nothing_like", "migrate", shop.uri(), copy.uri(), "--include", "nothing_like");
    refused(2, "no plugin writes", "migrate", shop.uri(), "oracel://h/db");
    String server = shop.uri().replaceFirst("/[^/]*$", "");
    refused(2, "one database is moved at a time", "migrate", server, copy.uri());
    refused(1, "nothing was read", "migrate", copy.uri(), shop.uri());
    copy.execute("create table t (id int)");
    refused(1, "not empty", "migrate", copy.uri(), shop.uri());
  }
}
