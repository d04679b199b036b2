package dev.godwit.cli.endtoend;

import static java.nio.file.Files.readString;
import static java.nio.file.Files.writeString;
import static org.assertj.core.api.Assertions.assertThat;

import dev.godwit.cli.Invocation;
import dev.godwit.testkit.server.mongo.MongoServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A mapping that is saved, edited and given back. */
class MappingFileTest {
  private static final Map<String, String> KEY =
      Map.of("GODWIT_MASK_KEY", "0123456789abcdef0123456789abcdef");
  private static Database shop;

  @TempDir Path folder;

  @BeforeAll
  static void fill() {
    shop = Database.withShop();
    shop.execute("delete from orders where id < 1"); // values that documents cannot hold
  }

  private Path file() {
    return folder.resolve("shop.toml");
  }

  private String save(String target, String... more) {
    String[] arguments = {
      "migrate", "--dry-run", shop.uri(), target, "--save-mapping", "" + file()
    };
    Invocation done = Invocation.in(KEY, joined(arguments, more));
    assertThat(done.status()).as(done.err()).isZero();
    try {
      return readString(file());
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static String[] joined(String[] first, String... second) {
    String[] all = java.util.Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, all, first.length, second.length);
    return all;
  }

  @Test
  void itTellsWhatWouldBeUsed() {
    MongoServer server = MongoServer.shared();
    assertThat(save(server.uri(server.freeName()), "--mask", "customers.name=hash"))
        .contains("on-lossy = \"fail\"")
        .contains("[datasets.\"public.orders\"] # table\nname = \"public.orders\"")
        .contains("[datasets.\"public.customers\".fields]")
        .contains("id = { name = \"_id\", type = \"long\" } # bigint, held as integer: exact")
        .contains("name = { name = \"name\", type = \"string\", mask = \"hash\" } # text, held as");
  }

  @Test
  void itIsNeverOverwrittenUnasked() throws Exception {
    Database copy = Database.empty();
    writeString(file(), "mine");
    String[] arguments = {
      "migrate", "--dry-run", shop.uri(), copy.uri(), "--save-mapping", "" + file()
    };
    Invocation refused = Invocation.of(arguments);
    assertThat(refused.err()).contains("exists already", "--overwrite");
    assertThat(refused.status()).isEqualTo(2);
    assertThat(readString(file())).isEqualTo("mine");
    assertThat(Invocation.of(joined(arguments, "--overwrite")).status()).isZero();
    assertThat(readString(file())).contains("[datasets.\"public.orders\"]");
  }

  @Test
  void unchangedItChangesNothing() {
    Database copy = Database.empty();
    save(copy.uri());
    Invocation done =
        Invocation.of("migrate", "--verify", shop.uri(), copy.uri(), "--mapping", "" + file());
    assertThat(done.err())
        .contains("verified: the same as the source in 2 datasets, 3,500 rows")
        .doesNotContain("made from their mapping");
    assertThat(done.status()).isZero();
    assertThat(
            copy.ask("select count(*) from pg_constraint where conname = 'orders_customer_fkey'"))
        .isEqualTo("1");
  }

  @Test
  void editedItDecidesWhatTheTargetGets() throws Exception {
    Database copy = Database.empty();
    String saved = save(copy.uri());
    writeString(
        file(),
        saved
            .replace("name = \"public.orders\"", "name = \"public.sales\"")
            .replace("total = { name = \"total\"", "total = { name = \"price\"")
            .replaceFirst("blob = \\{ .* \\}", "blob = { skip = true }")
            .replaceFirst(
                "(?m)^name = \\{ name = \"name\",", "name = { name = \"name\", mask = \"hash\","));
    Invocation done =
        Invocation.in(KEY, "migrate", "--verify", shop.uri(), copy.uri(), "--mapping", "" + file());
    assertThat(done.err()).contains("verified: the same as the source in 2 datasets, 3,500 rows");
    assertThat(done.status()).isZero();
    assertThat(
            copy.ask(
                "select string_agg(attname, ',' order by attnum) from pg_attribute"
                    + " where attrelid = 'sales'::regclass and attnum > 0"))
        .isEqualTo("id,customer,price,placed");
    assertThat(copy.ask("select sum(price) from sales"))
        .isEqualTo(shop.ask("select sum(total) from orders"));
    assertThat(copy.ask("select count(*) from customers where name like 'Customer%'"))
        .isEqualTo("0");
  }

  /** So a dataset is left out of a saved mapping by one line more, whatever is said of it. */
  @Test
  void ofWhatIsLeftOutNothingElseHolds() throws Exception {
    Database copy = Database.empty();
    String saved =
        save(copy.uri(), "--mask", "customers.name=hash", "--rename", "customers=people");
    writeString(
        file(),
        saved
            .replace("name = \"public.people\"", "name = \"public.people\"\nskip = true")
            .replaceFirst("customer = \\{ .* \\}", "customer = { skip = true }"));
    Invocation done = Invocation.of("migrate", shop.uri(), copy.uri(), "--mapping", "" + file());
    assertThat(done.err()).contains("1 dataset, 3,000 rows");
    assertThat(done.status()).isZero();
  }

  /** What was kept from being read once is not moved because the flag is missing later. */
  @Test
  void columnsThatWereNotChosenStayLeftOut() throws Exception {
    Database copy = Database.empty();
    assertThat(save(copy.uri(), "--columns", "orders=id,total"))
        .contains("name = \"public.orders\"\nskip-others = true\n")
        .contains("name = \"public.customers\"\n\n[");
    Invocation done =
        Invocation.of("migrate", "--verify", shop.uri(), copy.uri(), "--mapping", "" + file());
    assertThat(done.err()).contains("verified: the same as the source in 2 datasets, 3,500 rows");
    assertThat(done.status()).isZero();
    String columns =
        "select string_agg(attname, ',' order by attnum) from pg_attribute where"
            + " attnum > 0 and attrelid = 'orders'::regclass";
    assertThat(copy.ask(columns)).isEqualTo("id,total");
    String again = folder.resolve("again.toml").toString();
    String[] arguments = {
      "migrate",
      "--dry-run",
      shop.uri(),
      Database.empty().uri(),
      "--mapping",
      "" + file(),
      "--save-mapping",
      again
    };
    assertThat(Invocation.of(arguments).status()).isZero();
    assertThat(readString(Path.of(again))).contains("skip-others = true");
  }

  /** A table of which a part has other columns is not made either: it would stand there empty. */
  @Test
  void whatWasDividedIsNotLeftBehindEmpty() {
    Database source = Database.empty();
    source.execute(
        "create table p (id int, k int, secret text) partition by list (k);"
            + " create table p1 partition of p for values in (1);"
            + " insert into p select i, 1, 'secret' from generate_series(1, 10) i");
    Database copy = Database.empty();
    String[] save = {
      "migrate", "--dry-run", source.uri(), copy.uri(), "--columns", "p=id,k", "--save-mapping"
    };
    assertThat(Invocation.of(joined(save, "" + file())).status()).isZero();
    Invocation done =
        Invocation.of("migrate", "--verify", source.uri(), copy.uri(), "--mapping", "" + file());
    assertThat(done.err()).contains("1 dataset, 10 rows");
    assertThat(done.status()).isZero();
    assertThat(
            copy.ask(
                "select string_agg(relname, ',' order by relname) from pg_class"
                    + " where relkind in ('r', 'p') and relnamespace = 'public'::regnamespace"))
        .isEqualTo("p1");
  }

  @Test
  void flagsDecideWhereBothSpeak() throws Exception {
    Database copy = Database.empty();
    writeString(
        file(),
        """
        [datasets."public.orders"]
        name = "public.of_the_file"
        [datasets.customers]
        skip = true
        """);
    Invocation done =
        Invocation.of(
            "migrate",
            "--verify",
            shop.uri(),
            copy.uri(),
            "--mapping",
            "" + file(),
            "--rename",
            "orders=of_the_flag");
    assertThat(done.err()).contains("verified: the same as the source in 1 dataset, 3,000 rows");
    assertThat(done.status()).isZero();
    assertThat(copy.ask("select count(*) from of_the_flag")).isEqualTo("3000");
  }

  @Test
  void documentsTakeNamesAndTypes() throws Exception {
    MongoServer server = MongoServer.shared();
    String database = server.freeName();
    writeString(
        file(),
        """
        [datasets.orders]
        skip = true
        [datasets.customers.fields]
        id = { type = "string" }
        name = { name = "called" }
        prefs = { skip = true }
        """);
    Invocation done =
        Invocation.of("migrate", shop.uri(), server.uri(database), "--mapping", "" + file());
    assertThat(done.err()).contains("1 dataset, 500 rows");
    assertThat(done.status()).isZero();
    assertThat(server.ask(database, "{find: 'customers', filter: {_id: '2'}}"))
        .contains("{\"_id\": \"2\", \"called\": \"Customer 2\"}");
  }

  /** A restore goes on only with the same mapping: the same it is however it was asked for. */
  @Test
  void aRestoreTakesItToo() throws Exception {
    String vault = folder.resolve("vault").toString();
    assertThat(Invocation.of("backup", "-q", "--init", shop.uri(), vault).status()).isZero();
    Database copy = Database.empty();
    writeString(
        file(), "[datasets.orders.fields]\nblob = { skip = true }\nid = { name = \"number\" }\n");
    Invocation done =
        Invocation.of("restore", "--verify", vault, copy.uri(), "--mapping", "" + file());
    assertThat(done.err()).contains("verified: the same as the snapshot in 2 datasets, 3,500 rows");
    assertThat(done.status()).isZero();
    assertThat(copy.ask("select max(number) from orders")).isEqualTo("3000");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "on-lossy = 'maybe' | :1:1: on-lossy cannot be 'maybe'",
        "on-losy = 'fail' | :1:1: nothing is called 'on-losy' here",
        "flatten = 'yes' | :1:1: 'flatten' is not true or false",
        "flatten = | :1:",
        "[datasets.ordrs] | :1:1: there is no dataset ordrs",
        "[datasets.ordrs]~skip = true | :1:1: there is no dataset ordrs",
        "[datasets.orders]~nam = 'x' | :2:1: nothing is called 'nam' here",
        "[datasets.orders]~name = 3 | :2:1: 'name' is not a text",
        "[datasets.orders]~name = 'a.b.c.d' | :2:1: 'a.b.c.d' has more parts",
        "[datasets.orders.fields]~id = {}~[datasets.'public.orders'.fields]~blob = {skip = true}"
            + " | orders and public.orders both mean ",
        "[datasets.orders.fields]~nix = {} | :2:1: ",
        "[datasets.orders.fields]~nix = {skip = true} | has no field 'nix'",
        "[datasets.orders.fields]~id = 3 | :2:1: 'id' is not a table",
        "[datasets.orders.fields]~id = {type = 'text'} | :2:1: field id of",
        "[datasets.orders.fields]~id = {name = 'total'} | two fields of",
        "[datasets.orders.fields]~id = {mask = 'hide'} | :2:7: there is no mask 'hide'",
      })
  void wrongFiles(String text, String says) throws Exception {
    Database copy = Database.empty();
    writeString(file(), text.replace("~", "\n"));
    Invocation done =
        Invocation.of("migrate", "--dry-run", shop.uri(), copy.uri(), "--mapping", "" + file());
    assertThat(done.err()).startsWith("godwit: " + file() + ":").contains(says);
    assertThat(done.errorLines()).hasSize(2);
    assertThat(done.status()).isEqualTo(2);
  }

  @Test
  void bytesThatAreNoTextAreNoMapping() throws Exception {
    Database copy = Database.empty();
    Files.write(file(), new byte[] {(byte) 0xff, (byte) 0xfe, 'x'});
    Invocation done =
        Invocation.of("migrate", "--dry-run", shop.uri(), copy.uri(), "--mapping", "" + file());
    assertThat(done.err()).startsWith("godwit: the mapping " + file() + " is no text in UTF-8\n");
    assertThat(done.status()).isEqualTo(2);
  }
}
