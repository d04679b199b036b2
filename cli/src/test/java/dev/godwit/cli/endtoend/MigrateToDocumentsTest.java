package dev.godwit.cli.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.godwit.cli.Invocation;
import dev.godwit.testkit.server.mongo.MongoServer;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rows of PostgreSQL in a document store: moved there, proved, and compared. */
class MigrateToDocumentsTest {
  @TempDir Path folder;

  private final MongoServer server = MongoServer.shared();
  private final String name = server.freeName();
  private final String target = server.uri(name);

  private static Database shop() {
    Database shop = Database.withShop();
    shop.execute("delete from orders where id < 1"); // values that documents cannot hold
    return shop;
  }

  private String vaultOf(String uri) {
    String vault = folder.resolve("vault").toString();
    Invocation backup = Invocation.of("backup", "-q", "--init", uri, vault);
    assertThat(backup.status()).as(backup.err()).isZero();
    return vault;
  }

  @Test
  void rowsBecomeDocumentsAndAreProved() {
    Database shop = shop();
    Invocation dry = Invocation.of("migrate", "--dry-run", shop.uri(), target);
    assertThat(dry.out()).contains("BECOMES", "exact", "no reference to customers, an index");
    assertThat(dry.status()).isZero();
    Invocation done = Invocation.of("migrate", "--verify", shop.uri(), target);
    assertThat(done.err())
        .contains("2 datasets, 3,500 rows", "verified: the same as the source in 2 datasets")
        .contains("a document store keeps no references");
    assertThat(done.status()).isZero();
    String vault = vaultOf(target);
    assertThat(Invocation.of("cat", vault, "orders", "--limit", "1").out())
        .startsWith("{\"_id\": 1, \"customer\": 2, \"total\": {\"$numberDecimal\": \"1.25\"}, ");
    assertThat(Invocation.of("cat", vault, "orders", "--format", "csv", "--limit", "1").out())
        .startsWith("document\n\"{\"\"_id\"\": 1, ");
    assertThat(Invocation.of("cat", vault, "orders", "--format", "bson", "--limit", "1").out())
        .startsWith("b\0\0\0\u0012_id\0");
    assertThat(Invocation.of("compare", shop.uri(), vault).status()).isZero();
  }

  /** PostgreSQL computes it of others by the definition of its table, which does not come. */
  @Test
  void columnsThatAreComputedAreLeftOutAndSaid() {
    Database shop = shop();
    shop.execute(
        "create table prices (net int primary key, gross int generated always as (net * 2) stored)");
    String said = "made from their mapping, without the definitions of the source: ";
    Invocation done = Invocation.of("migrate", shop.uri(), target);
    assertThat(done.err()).contains(said + "computed column (1)");
    assertThat(done.status()).isZero();
    Database chosen = Database.empty();
    Invocation columns =
        Invocation.of("migrate", shop.uri(), chosen.uri(), "--columns", "prices=net");
    assertThat(columns.err()).contains(said).doesNotContain("computed");
    Database copy = Database.empty();
    Invocation whole = Invocation.of("migrate", shop.uri(), copy.uri());
    assertThat(whole.err()).contains("3 datasets").doesNotContain(said);
  }

  /** The hint of a restore that found a value too odd can be followed to the letter. */
  @Test
  void anotherChoiceForWhatIsLostIsAnotherLoad() {
    String vault = vaultOf(Database.withShop().uri());
    Invocation lossy = Invocation.of("restore", vault, target);
    assertThat(lossy.status()).isEqualTo(5);
    assertThat(lossy.errorLines().get(1))
        .startsWith("hint: --on-lossy warn moves")
        .endsWith("; drop first what this load left in the target, which it does not go on with");
    server.command(name, "{dropDatabase: 1}");
    assertThat(Invocation.of("restore", "--on-lossy", "warn", vault, target).status()).isZero();
  }

  @Test
  void largeObjectsAreLeftOutAndSaid() {
    Database shop = shop();
    shop.execute("select lo_from_bytea(0, 'one'), lo_from_bytea(0, 'two')");
    Invocation done = Invocation.of("migrate", shop.uri(), target);
    assertThat(done.err()).contains("2 datasets, 3,500 rows", "large objects");
    assertThat(done.status()).isEqualTo(3);
    server.command(name, "{dropDatabase: 1}");
    Invocation restored = Invocation.of("restore", vaultOf(shop.uri()), target);
    assertThat(restored.err()).contains("2 datasets, 3,500 rows", "large objects");
    assertThat(restored.status()).isEqualTo(3);
  }

  @Test
  void aSnapshotOfRowsIsRestoredIntoDocumentsAndProved() {
    String vault = vaultOf(shop().uri());
    Invocation done = Invocation.of("restore", "--verify", vault, target);
    assertThat(done.err()).contains("verified: the same as the snapshot in 2 datasets");
    assertThat(done.status()).isZero();
    assertThat(Invocation.of("compare", vault, target).status()).isZero();
  }

  @Test
  void onlyWhatWasChosenIsProvedInATargetThatHoldsMore() {
    Database shop = shop();
    server.command(name, "{insert: 'other', documents: [{_id: 1}]}");
    Invocation done =
        Invocation.of(
            "migrate",
            "--verify",
            "--include",
            "public.orders",
            "--rename",
            "orders=bought",
            shop.uri(),
            target);
    assertThat(done.err()).contains("verified: the same as the source in 1 dataset");
    assertThat(done.status()).isZero();
    assertThat(
            Invocation.of(
                    "compare",
                    "--include",
                    "public.orders",
                    "--rename",
                    "orders=bought",
                    shop.uri(),
                    target)
                .status())
        .isZero();
  }

  @Test
  void whatDiffersIsNamedByItsKey() {
    Database shop = shop();
    assertThat(Invocation.of("migrate", "-q", shop.uri(), target).status()).isZero();
    Invocation same = Invocation.of("compare", shop.uri(), target);
    assertThat(same.out()).contains("the same: 2 datasets, 3,500 rows");
    assertThat(same.status()).isZero();

    server.command(
        name,
        "{update: 'orders', updates: [{q: {_id: {$numberLong: '1'}}, u: {$set: {customer: 77}}}]}");
    server.command(name, "{delete: 'orders', deletes: [{q: {_id: {$numberLong: '2'}}, limit: 1}]}");
    server.command(name, "{insert: 'customers', documents: [{_id: 'x', a: 1}]}");
    Invocation different = Invocation.of("compare", shop.uri(), target);
    assertThat(different.out())
        .contains(
            "differs: _id 1: customer is 2 in A, 77 in B",
            "only in A: _id 2",
            "only in B: _id \"x\"",
            "different: 2 of 2 datasets");
    assertThat(different.status()).isEqualTo(4);
    assertThat(Invocation.of("compare", "--json", shop.uri(), target).out())
        .contains("\"key\":{\"_id\":1},\"a\":{\"customer\":2},\"b\":{\"customer\":77}");
    Invocation turned = Invocation.of("compare", target, shop.uri());
    assertThat(turned.out()).contains("differs: _id 1: customer is 77 in A, 2 in B");
  }

  @Test
  void aProofThatFailsIsNoSuccess() {
    Database shop = shop();
    server.command(name, "{insert: 'orders', documents: [{_id: 'there before', a: 1}]}");
    Invocation done = Invocation.of("migrate", "--verify", shop.uri(), target + "?if-exists=keep");
    assertThat(done.err()).contains("verification FAILED");
    assertThat(done.status()).isEqualTo(4);
  }

  @Test
  void valuesThatDocumentsCannotHoldAreComparedAsTheyWereMoved() {
    Database shop = Database.withShop();
    Invocation refused = Invocation.of("migrate", shop.uri(), target);
    assertThat(refused.status()).isNotZero();
    String other = server.uri(server.freeName());
    Invocation warned =
        Invocation.of("migrate", "--verify", "--on-lossy", "warn", shop.uri(), other);
    assertThat(warned.err()).contains("because the target cannot hold them", "verified");
    assertThat(warned.status()).isZero();
    Invocation same = Invocation.of("compare", shop.uri(), other);
    assertThat(same.out()).contains("compared as a migration moves", "the same:");
    assertThat(same.status()).isZero();
  }
}
