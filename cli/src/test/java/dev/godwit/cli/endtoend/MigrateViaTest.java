package dev.godwit.cli.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.godwit.cli.Invocation;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A migration by way of a vault. */
class MigrateViaTest {
  /** Lets rows in, and nothing that comes after them. */
  private static final String WALL =
      """
      create function wall() returns event_trigger language plpgsql as
        $$ begin raise exception 'a wall'; end $$;
      create event trigger wall on ddl_command_end when tag in ('CREATE INDEX', 'ALTER TABLE')
        execute function wall();
      """;

  private static Database shop;

  @TempDir Path folder;

  @BeforeAll
  static void fill() {
    shop = Database.withShop();
  }

  private String vault() {
    return folder.resolve("vault").toString();
  }

  private Invocation migrate(Database target, String... more) {
    String[] arguments = new String[more.length + 6];
    String[] first = {"migrate", "--verify", shop.uri(), target.uri(), "--via", vault()};
    System.arraycopy(first, 0, arguments, 0, first.length);
    System.arraycopy(more, 0, arguments, first.length, more.length);
    return Invocation.in(Map.of("GODWIT_MASK_KEY", "0123456789abcdef0123456789abcdef"), arguments);
  }

  @Test
  void theVaultKeepsWhatWasMoved() {
    Database copy = Database.empty();
    Invocation done =
        migrate(copy, "--mask", "customers.name=hash", "--columns", "orders=id,total");
    assertThat(done.err())
        .contains("restored snapshot", "2 datasets, 3,502 rows")
        .contains("verified: the same as the snapshot in 2 datasets, 3,502 rows")
        .doesNotContain("starts over", "goes on");
    assertThat(done.status()).isZero();
    assertThat(copy.ask("select count(*) from customers where name like 'Customer%'"))
        .isEqualTo("0");
    assertThat(copy.ask("select sum(id) from orders"))
        .isEqualTo(shop.ask("select sum(id) from orders"));
    assertThat(Invocation.of("check", "--read-data", vault()).status()).isZero();
  }

  @Test
  void aLoadThatFailedIsGoneOnWith() {
    Database copy = Database.empty();
    copy.execute(WALL);
    String[] more = {
      "--query", "big=select id, total from orders where id > 2000", "--include", "*"
    };
    Invocation failed = migrate(copy, more);
    assertThat(failed.err()).contains("a wall");
    assertThat(failed.status()).isEqualTo(1);
    copy.execute("drop event trigger wall; drop function wall()");
    Invocation other = migrate(copy, "--query", "big=select id from orders", "--include", "*");
    assertThat(other.err())
        .contains("an unfinished load is in database", "the command that began it goes on with it")
        .doesNotContain("starts over", "--resume");
    assertThat(other.status()).isEqualTo(1);
    Invocation done = migrate(copy, more);
    assertThat(done.err())
        .contains("goes on with the load of snapshot", "had been loaded by an earlier run")
        .contains("verified: the same as the snapshot in 3 datasets, 4,502 rows");
    assertThat(done.status()).isZero();
    Database again = Database.empty();
    assertThat(migrate(again, more).err())
        .doesNotContain("starts over", "goes on")
        .contains("verified: the same as the snapshot");
  }

  /** Options may name another server, as {@code host} does. */
  @Test
  void aSourceWithOtherOptionsIsAnotherOne() {
    Database copy = Database.empty();
    copy.execute(WALL);
    String one = shop.uri() + "?sslmode=disable";
    String other = shop.uri() + "?sslmode=prefer";
    assertThat(Invocation.of("migrate", one, copy.uri(), "--via", vault()).status()).isEqualTo(1);
    copy.execute("drop event trigger wall; drop function wall()");
    Invocation refused = Invocation.of("migrate", other, copy.uri(), "--via", vault());
    assertThat(refused.err())
        .contains("an unfinished load is in database")
        .doesNotContain("goes on with the load of");
    Invocation done = Invocation.of("migrate", one, copy.uri(), "--via", vault());
    assertThat(done.err()).contains("goes on with the load of snapshot");
    assertThat(done.status()).isZero();
  }

  /** What was moved to its end is read anew: the source may have changed since. */
  @Test
  void whatWasDoneIsNotGoneOnWith() {
    Database own = Database.withShop();
    Database copy = Database.empty();
    String[] arguments = {"migrate", own.uri(), copy.uri(), "--via", vault()};
    assertThat(Invocation.of(arguments).status()).isZero();
    own.execute("delete from orders where id > 1000");
    copy.execute("drop table orders, customers");
    Invocation again = Invocation.of(arguments);
    assertThat(again.err())
        .contains("starts over: the source cannot show the same instant again", "1,502 rows");
    assertThat(again.status()).isZero();
    assertThat(Invocation.of(arguments).err()).contains("not empty");
  }

  @Test
  void withoutAVaultItStartsOverAndSaysSo() {
    Database copy = Database.empty();
    copy.execute(WALL);
    String[] arguments = {"migrate", shop.uri(), copy.uri()};
    assertThat(Invocation.of(arguments).status()).isEqualTo(1);
    copy.execute("drop event trigger wall; drop function wall()");
    Invocation again = Invocation.of(arguments);
    assertThat(again.errorLines().get(1))
        .contains("a migration that was killed starts over", "with --via VAULT it goes on");
    assertThat(again.status()).isEqualTo(1);
  }

  @Test
  void whatStandsInTheWayIsFoundBeforeTheBackup() {
    Invocation refused = Invocation.of("migrate", shop.uri(), shop.uri(), "--via", vault());
    assertThat(refused.err()).contains("is not empty");
    assertThat(refused.status()).isEqualTo(1);
    assertThat(Files.exists(Path.of(vault(), "vault.json"))).isFalse();
  }

  /** Masks are made as a snapshot is restored; they need not be there when it is taken. */
  @Test
  void aRestoreMasksToo() {
    assertThat(Invocation.of("backup", "-q", "--init", shop.uri(), vault()).status()).isZero();
    Database copy = Database.empty();
    Map<String, String> key = Map.of("GODWIT_MASK_KEY", "0123456789abcdef0123456789abcdef");
    String[] arguments = {
      "restore",
      "--verify",
      vault(),
      copy.uri(),
      "--mask",
      "customers.name=hash",
      "--mask",
      "customers.id=hash",
      "--mask",
      "orders.customer=hash",
      "--mask",
      "orders.blob=null"
    };
    Invocation done = Invocation.in(key, arguments);
    assertThat(done.err()).contains("verified: the same as the snapshot in 2 datasets, 3,502 rows");
    assertThat(done.status()).isZero();
    assertThat(copy.ask("select count(*) from customers where name like 'Customer%'"))
        .isEqualTo("0");
    assertThat(copy.ask("select count(*) from orders where blob is not null")).isEqualTo("0");
    assertThat(copy.ask("select count(*) from orders join customers c on c.id = customer"))
        .isEqualTo("3001");
    Database unmasked = Database.empty();
    assertThat(Invocation.of("restore", vault(), unmasked.uri()).status()).isZero();
    assertThat(unmasked.fingerprint("customers")).isEqualTo(shop.fingerprint("customers"));
  }
}
