package dev.godwit.cli.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.godwit.cli.Invocation;
import dev.godwit.testkit.server.mongo.MongoServer;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rows of PostgreSQL into a document store. */
class MigrateToDocumentsTest {
  @TempDir Path folder;

  @Test
  void rowsBecomeDocuments() {
    Database shop = Database.withShop();
    shop.execute("delete from orders where id < 1"); // values that documents cannot hold
    MongoServer server = MongoServer.shared();
    String target = server.uri(server.freeName());
    Invocation dry = Invocation.of("migrate", "--dry-run", shop.uri(), target);
    assertThat(dry.out()).contains("BECOMES", "exact");
    assertThat(dry.status()).isZero();
    Invocation done = Invocation.of("migrate", shop.uri(), target);
    assertThat(done.err()).contains("2 datasets, 3,500 rows");
    assertThat(done.status()).isZero();
    String vault = folder.resolve("vault").toString();
    assertThat(Invocation.of("backup", "-q", "--init", target, vault).status()).isZero();
    // {_id: NumberLong(1), customer: 2, total: Decimal128("1.25"), placed: Date, blob: Binary}
    assertThat(Invocation.of("cat", vault, "orders").out())
        .contains(
            "YgAAABJfaWQAAQAAAAAAAAAQY3VzdG9tZXIAAgAAABN0b3RhbAB9AAAAAAAAAAAAAAAAADwwCXBsYWNlZADo"
                + "q9p2mwEAAAVibG9iABAAAAAAxMpCOKC5I4INzFCab3WEmwA=");
  }
}
