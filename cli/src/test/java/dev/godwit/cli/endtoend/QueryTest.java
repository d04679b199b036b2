package dev.godwit.cli.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.godwit.cli.Invocation;
import dev.godwit.testkit.server.mongo.MongoServer;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Queries of a source, moved like its datasets. */
class QueryTest {
  private static final String NESTED =
      "nested=select c.*, (select jsonb_agg(o.id order by o.id) from orders o where o.customer ="
          + " c.id) as orders from customers c";
  private static Database shop;

  @TempDir Path folder;

  @BeforeAll
  static void fill() {
    shop = Database.withShop();
    shop.execute(
        "create type mood as enum ('sad', 'glad');"
            + " alter table customers add mood mood default 'glad'");
  }

  @Test
  void aQueryBecomesATableOfItsOwn() {
    Database copy = Database.empty();
    Invocation done =
        Invocation.of(
            "migrate", "--verify", shop.uri(), copy.uri(), "--query", NESTED, "--key", "nested=id");
    assertThat(done.err())
        .contains("1 dataset, 500 rows", "guarantee SNAPSHOT")
        .contains("verified: the same as the source in 1 dataset, 500 rows");
    assertThat(done.status()).isZero();
    assertThat(
            copy.ask(
                "select string_agg(relname, ',') from pg_class where relkind = 'r' and"
                    + " relnamespace = 'public'::regnamespace"))
        .isEqualTo("nested");
    assertThat(copy.ask("select orders::text from nested where id = 2"))
        .isEqualTo(
            shop.ask("select jsonb_agg(id order by id)::text from orders where customer = 2"));
    assertThat(copy.ask("select mood::text from nested where id = 2")).isEqualTo("glad");
    assertThat(copy.ask("select count(*) from pg_constraint where conname = 'nested_pkey'"))
        .isEqualTo("1");
  }

  @Test
  void itStandsBesideTablesThatAreNamed() {
    Database copy = Database.empty();
    Invocation done =
        Invocation.of(
            "migrate",
            "--verify",
            shop.uri(),
            copy.uri(),
            "--include",
            "*",
            "--query",
            "late=select id, customer from orders where id > 2990",
            "--columns",
            "late=id",
            "--rename",
            "late=latest");
    assertThat(done.err()).contains("verified: the same as the source in 3 datasets, 3,512 rows");
    assertThat(done.status()).isZero();
    assertThat(copy.fingerprint("orders")).isEqualTo(shop.fingerprint("orders"));
    assertThat(copy.ask("select string_agg(l::text, ',' order by id) from latest l"))
        .startsWith("(2991),(2992)");
  }

  @Test
  void itsColumnsAreMasked() {
    Database copy = Database.empty();
    Invocation done =
        Invocation.in(
            Map.of("GODWIT_MASK_KEY", "0123456789abcdef0123456789abcdef"),
            "migrate",
            "--verify",
            shop.uri(),
            copy.uri(),
            "--query",
            NESTED,
            "--mask",
            "nested.name=hash");
    assertThat(done.err()).contains("verified: the same as the source in 1 dataset, 500 rows");
    assertThat(done.status()).isZero();
    assertThat(copy.ask("select count(*) from nested where name like 'Customer%'")).isEqualTo("0");
  }

  @Test
  void rowsGoWithWhatBelongsToThemIntoDocuments() {
    MongoServer server = MongoServer.shared();
    String database = server.freeName();
    Invocation done =
        Invocation.of(
            "migrate",
            shop.uri(),
            server.uri(database),
            "--query",
            NESTED,
            "--key",
            "nested=id",
            "--mask",
            "nested.mood=null");
    assertThat(done.err()).contains("1 dataset, 500 rows");
    assertThat(done.status()).isZero();
    assertThat(server.ask(database, "{find: 'nested', filter: {_id: 2}}"))
        .contains("\"name\": \"Customer 2\"")
        .contains("\"orders\": [1, 501, 1001, 1501, 2001, 2501]")
        .doesNotContain("glad");
  }

  @Test
  void aDryRunTellsWhatItIs() {
    Database copy = Database.empty();
    Invocation done =
        Invocation.of("migrate", "--dry-run", shop.uri(), copy.uri(), "--query", NESTED);
    assertThat(done.out()).contains("public.nested", "query").doesNotContain("public.orders");
    assertThat(done.status()).isZero();
    assertThat(copy.ask("select count(*) from pg_class where relname = 'nested'")).isEqualTo("0");
  }

  @Test
  void itIsBackedUpAndRestored() {
    String vault = folder.resolve("vault").toString();
    Invocation backup =
        Invocation.of("backup", "--init", "--verify", shop.uri(), vault, "--query", NESTED);
    assertThat(backup.err()).contains("verified: the same as its source in 1 dataset, 500 rows");
    assertThat(backup.status()).isZero();
    Database copy = Database.empty();
    Invocation restore = Invocation.of("restore", "--verify", vault, copy.uri());
    assertThat(restore.err()).contains("verified: the same as the snapshot in 1 dataset, 500 rows");
    assertThat(restore.status()).isZero();
    assertThat(copy.ask("select count(orders) from nested")).isEqualTo("500");
  }

  private void refused(String message, String source, String... more) {
    Database copy = Database.empty();
    String[] arguments = new String[more.length + 3];
    arguments[0] = "migrate";
    arguments[1] = source;
    arguments[2] = copy.uri();
    System.arraycopy(more, 0, arguments, 3, more.length);
    Invocation done = Invocation.of(arguments);
    assertThat(done.err()).contains(message);
    assertThat(done.errorLines()).hasSize(2);
    assertThat(done.status()).isEqualTo(2);
  }

  @Test
  void wrongInput() {
    refused("cannot read --query 'nested'", shop.uri(), "--query", "nested");
    refused("syntax error", shop.uri(), "--query", "nested=selec 1");
    refused("relation \"nowhere\" does not exist", shop.uri(), "--query", "n=table nowhere");
    refused("--where nested", shop.uri(), "--query", NESTED, "--where", "nested=id > 2");
    refused("--exclude leaves nothing out", shop.uri(), "--query", NESTED, "--exclude", "orders");
    refused("the key of no query", shop.uri(), "--query", NESTED, "--key", "nest=id");
    refused("has the name of table", shop.uri(), "--query", "orders=select 1", "--include", "*");
    MongoServer server = MongoServer.shared();
    String database = server.freeName();
    server.ask(database, "{insert: 'things', documents: [{_id: 1}]}");
    refused("no query can be asked of mongodb", server.uri(database), "--query", NESTED);
  }
}
