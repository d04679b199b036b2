package dev.godwit.cli.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.godwit.cli.Invocation;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands on a real database: there, looked at, and back again. */
class WholeWayTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir static Path folder;
  private static Database shop;
  private static String vault;
  private static Invocation backup;

  @BeforeAll
  static void backUp() {
    shop = Database.withShop();
    vault = folder.resolve("vault").toString();
    backup = Invocation.of("backup", "--init", shop.uri(), vault, "--tag", "first");
  }

  @Test
  void aBackupTellsWhatItDidOnStderrOnly() {
    assertThat(backup.err())
        .contains("snapshot ", "2 datasets, 3,502 rows", "added to the vault", "done in");
    assertThat(backup.status()).isZero();
    assertThat(backup.out()).isEmpty();
  }

  @Test
  void restoredIntoANewDatabaseEveryRowIsTheSame() {
    Database copy = Database.missing();
    Invocation done = Invocation.of("restore", "--create", vault, copy.uri());

    assertThat(done.err()).contains("restored snapshot", "3,502 rows");
    assertThat(done.status()).isZero();
    assertThat(copy.fingerprint("orders")).isEqualTo(shop.fingerprint("orders"));
    assertThat(copy.fingerprint("customers")).isEqualTo(shop.fingerprint("customers"));
  }

  @Test
  void oneTableIsRestoredUnderAnotherName() {
    Database other = Database.empty();
    Invocation done =
        Invocation.of(
            "restore", vault, other.uri(), "--include", "customers", "--rename", "customers=old");

    assertThat(done.err()).contains("1 dataset, 500 rows");
    assertThat(other.fingerprint("old")).isEqualTo(shop.fingerprint("customers"));
  }

  @Test
  void aDryRunTellsWhatWouldBeDoneAndDoesNothing() {
    Database missing = Database.missing();
    Invocation restore = Invocation.of("restore", "--create", "--dry-run", vault, missing.uri());
    assertThat(restore.status()).isZero();
    assertThat(restore.out()).contains("DATASET", "public.orders", "3,002");
    assertThat(missing.exists()).isFalse();

    Path none = folder.resolve("none");
    Invocation preview =
        Invocation.of("backup", "--init", "--dry-run", shop.uri(), none.toString());
    assertThat(preview.status()).isZero();
    assertThat(preview.out()).contains("public.customers", "public.orders");
    assertThat(none).doesNotExist();
  }

  @Test
  void theSnapshotIsListedAndShown() throws Exception {
    Invocation list = Invocation.of("list", vault);
    assertThat(list.out().lines()).first().asString().startsWith("SNAPSHOT");
    assertThat(list.out()).contains("3,502", "first");

    JsonNode listed = JSON.readTree(Invocation.of("list", vault, "--json").out());
    assertThat(listed.get("schema").asText()).isEqualTo("godwit.list/1");
    String id = listed.get("snapshots").get(0).get("id").asText();
    assertThat(list.out()).contains(id);
    assertThat(Invocation.of("list", vault, "--source", "nobody").out()).isEmpty();

    Invocation show = Invocation.of("show", vault, "--snapshot", id.substring(0, 6));
    assertThat(show.out()).contains("snapshot    " + id, "SNAPSHOT", "public.orders", "3,002");
    JsonNode shown = JSON.readTree(Invocation.of("show", vault, "--json").out());
    assertThat(shown.get("snapshot").get("rows").asLong()).isEqualTo(3502);
    assertThat(shown.get("datasets")).hasSize(2);
  }

  @Test
  void theColumnsOfADatasetAreShown() throws Exception {
    assertThat(Invocation.of("show", vault, "orders").out())
        .contains("COLUMN", "placed", "timestamp with time zone", "key");
    JsonNode shown = JSON.readTree(Invocation.of("show", vault, "public.orders", "--json").out());
    assertThat(shown.get("columns")).hasSize(5);
    assertThat(shown.get("key").get(0).asText()).isEqualTo("id");
  }

  @Test
  void recordsAreWrittenAsJsonLines() throws Exception {
    List<String> lines = Invocation.of("cat", vault, "orders").out().lines().toList();
    assertThat(lines).hasSize(3002);
    assertThat(JSON.readTree(lines.get(0)))
        .isEqualTo(
            JSON.readTree(
                """
                {"id": 1, "customer": 2, "total": 1.25, "placed": "2026-01-01T00:00:01Z",
                 "blob": "xMpCOKC5I4INzFCab3WEmw=="}
                """));
    JsonNode odd = JSON.readTree(lines.get(3000));
    assertThat(odd.get("customer").isNull()).isTrue();
    assertThat(odd.get("total").get("misfit").asText()).isEqualTo("NAN");
    assertThat(odd.get("placed").get("misfit").asText()).isEqualTo("POS_INF");
    assertThat(JSON.readTree(lines.get(3001)).get("blob").asText()).isEmpty();
  }

  @Test
  void recordsAreWrittenAsCsv() {
    List<String> lines =
        Invocation.of("cat", vault, "customers", "--format", "csv", "--limit", "2")
            .out()
            .lines()
            .toList();
    assertThat(lines)
        .containsExactly(
            "id,name,prefs", "1,Customer 1,\"{\"\"n\"\": 1}\"", "2,Customer 2,\"{\"\"n\"\": 2}\"");
    List<String> orders =
        Invocation.of("cat", vault, "orders", "--format", "csv").out().lines().toList();
    assertThat(orders.get(3001)).startsWith("0,,").doesNotEndWith(",,");
    assertThat(orders.get(3002)).isEqualTo("-1,1,,,\"\"");
  }

  @Test
  void aWholeVaultIsSaidToBeWhole() throws Exception {
    Invocation check = Invocation.of("check", vault, "--read-data");
    assertThat(check.out()).contains("whole: ", "read and verified");
    assertThat(check.status()).isZero();
    assertThat(
            JSON.readTree(Invocation.of("check", vault, "--json").out()).get("whole").asBoolean())
        .isTrue();
  }

  @Test
  void quietMeansSilentOnSuccess() {
    String other = folder.resolve("quiet").toString();
    Database copy = Database.missing();
    List<Invocation> done =
        List.of(
            Invocation.of("init", "-q", other),
            Invocation.of("backup", "-q", shop.uri(), other),
            Invocation.of("restore", "-q", "--create", other, copy.uri()),
            Invocation.of("check", "-q", other));
    assertThat(done)
        .allSatisfy(
            one -> {
              assertThat(one.err()).isEmpty();
              assertThat(one.out()).isEmpty();
              assertThat(one.status()).isZero();
            });
  }

  @Test
  void aRunIsToldInJsonLines() throws Exception {
    String other = folder.resolve("events").toString();
    Invocation done = Invocation.of("backup", "--init", "--json", shop.uri(), other);
    List<String> lines = done.out().lines().toList();
    assertThat(done.err()).isEmpty();
    assertThat(JSON.readTree(lines.get(0)).get("event").asText()).isEqualTo("begin");
    JsonNode end = JSON.readTree(lines.get(lines.size() - 1));
    assertThat(end.get("event").asText()).isEqualTo("end");
    assertThat(end.get("snapshots").get(0).get("rows").asLong()).isEqualTo(3502);
    assertThat(done.out()).contains("\"event\":\"dataset\"", "\"event\":\"partition\"");
  }
}
