package dev.godwit.cli.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.godwit.cli.Invocation;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Tables of which only some columns move keep their references, and so do those that point there.
 */
class NeutralReferencesTest {
  private static final String CONSTRAINTS =
      "select string_agg(conrelid::regclass || ' ' || pg_get_constraintdef(oid) || ' '"
          + " || convalidated, E'\\n' order by conrelid::regclass::text, contype) from pg_constraint"
          + " where contype in ('p', 'f') and connamespace = 'public'::regnamespace";

  @ParameterizedTest
  @ValueSource(strings = {"orders=id,customer", "customers=id,name"})
  void referencesAreMade(String columns) {
    Database shop = Database.withShop();
    Database copy = Database.empty();
    Invocation done = Invocation.of("migrate", shop.uri(), copy.uri(), "--columns", columns);
    assertThat(done.status()).as(done.err()).isZero();
    assertThat(copy.ask(CONSTRAINTS))
        .isEqualTo(
            """
            customers PRIMARY KEY (id) true
            orders FOREIGN KEY (customer) REFERENCES customers(id) true
            orders PRIMARY KEY (id) true""");
    assertThat(copy.ask("select to_regnamespace('_godwit')")).isNull();
  }

  @Test
  void aReferenceThatCannotBeMadeIsTold() {
    Database shop = Database.withShop();
    Database copy = Database.empty();
    Invocation done =
        Invocation.of("migrate", shop.uri(), copy.uri(), "--columns", "customers=name");
    assertThat(done.status()).as(done.err()).isZero();
    assertThat(done.err())
        .contains(
            "the reference of public.orders to", "is left out: not all of its columns are loaded");
    assertThat(copy.ask("select count(*) from orders")).isEqualTo("3002");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "[datasets.\"public.orders\".fields]\ncustomer = {name = \"buyer\"}\n"})
  void whatPointsAtARenamedColumnDoesSoStill(String alsoRenamed, @TempDir Path folder)
      throws Exception {
    Database shop = Database.withShop();
    Database copy = Database.empty();
    Path mapping = folder.resolve("mapping.toml");
    Files.writeString(
        mapping, "[datasets.\"public.customers\".fields]\nid = {name = \"cid\"}\n" + alsoRenamed);
    Invocation done =
        Invocation.of(
            "migrate", "--verify", shop.uri(), copy.uri(), "--mapping", mapping.toString());
    assertThat(done.status()).as(done.err()).isZero();
    assertThat(done.err()).doesNotContain("left out:");
    assertThat(copy.ask(CONSTRAINTS))
        .isEqualTo(
            """
            customers PRIMARY KEY (cid) true
            orders FOREIGN KEY (%s) REFERENCES customers(cid) true
            orders PRIMARY KEY (id) true"""
                .formatted(alsoRenamed.isEmpty() ? "customer" : "buyer"));
  }

  @Test
  void renamedTablesKeepTheirReferences() {
    Database shop = Database.withShop();
    Database copy = Database.empty();
    Invocation done =
        Invocation.of(
            "migrate",
            shop.uri(),
            copy.uri(),
            "--columns",
            "orders=id,customer",
            "--rename",
            "orders=customers",
            "--rename",
            "customers=orders");
    assertThat(done.status()).as(done.err()).isZero();
    assertThat(copy.ask(CONSTRAINTS))
        .isEqualTo(
            """
            customers FOREIGN KEY (customer) REFERENCES orders(id) true
            customers PRIMARY KEY (id) true
            orders PRIMARY KEY (id) true""");
  }
}
