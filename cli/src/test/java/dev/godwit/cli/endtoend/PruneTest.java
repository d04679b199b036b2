package dev.godwit.cli.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.godwit.cli.Invocation;
import dev.godwit.cli.screen.Amounts;
import dev.godwit.testkit.server.s3.Fault;
import dev.godwit.testkit.server.s3.FaultyNetwork;
import dev.godwit.testkit.server.s3.S3Server;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code godwit prune}, {@code pin} and {@code unpin}. */
class PruneTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path folder;
  private Database shop;
  private String vault;

  @BeforeEach
  void make() {
    shop = Database.withShop();
    vault = folder.resolve("vault").toString();
  }

  private static Invocation done(String... arguments) {
    Invocation done = Invocation.of(arguments);
    assertThat(done.status()).as("%s%s", done.out(), done.err()).isZero();
    return done;
  }

  private List<String> backUp(String place, int times) throws Exception {
    for (int i = 0; i < times; i++) {
      done("backup", "-q", "--init", "--tag", "t" + i, shop.uri(), place);
    }
    List<String> ids = new ArrayList<>();
    for (JsonNode snapshot : JSON.readTree(done("list", "--json", place).out()).get("snapshots")) {
      ids.add(snapshot.get("id").asText());
    }
    return ids;
  }

  @Test
  void dropsWhatNoRuleKeepsAndSaysWhy() throws Exception {
    List<String> ids = backUp(vault, 3);
    Invocation dry = done("prune", vault, "--keep-last", "1", "--keep-tag", "t0", "--dry-run");
    assertThat(dry.out())
        .contains("tag t0", "no rule keeps it", "one of the last 1", "would drop 1");
    assertThat(dry.out().lines().filter(line -> line.contains("drop  "))).hasSize(1);
    assertThat(backUp(vault, 0)).isEqualTo(ids);

    Invocation prune = done("prune", vault, "--keep-last", "1", "--keep-tag", "t0");
    assertThat(prune.out()).contains("dropped 1 snapshot of 3; gave back");
    assertThat(backUp(vault, 0)).containsExactly(ids.get(0), ids.get(2));
    done("check", "--read-data", vault);
  }

  @Test
  void answersScripts() throws Exception {
    List<String> ids = backUp(vault, 2);
    // Where it is about noon, so that no midnight lies between the two.
    int hour = OffsetDateTime.now(ZoneOffset.UTC).getHour();
    String zone = ZoneOffset.ofHours(12 - hour).getId();
    String[] prune = {"prune", vault, "--keep-daily", "3", "--zone", zone, "--json", "--dry-run"};
    JsonNode said = JSON.readTree(done(prune).out());
    assertThat(said.get("schema").asText()).isEqualTo("godwit.prune/1");
    assertThat(said.get("dry_run").asBoolean()).isTrue();
    assertThat(said.get("snapshots")).hasSize(2);
    assertThat(said.get("snapshots").get(0).get("id").asText()).isEqualTo(ids.get(0));
    assertThat(said.get("snapshots").get(0).get("kept").asBoolean()).isFalse();
    assertThat(said.get("snapshots").get(1).get("reasons").get(0).asText()).startsWith("daily ");
  }

  @Test
  void aPinHoldsASnapshot() throws Exception {
    List<String> ids = backUp(vault, 2);
    done("pin", vault, ids.get(0).substring(0, 8));
    assertThat(done("list", vault).out()).contains("PINNED", "yes");
    JsonNode listed = JSON.readTree(done("list", "--json", vault).out()).get("snapshots");
    assertThat(listed.get(0).get("pinned").asBoolean()).isTrue();
    assertThat(done("prune", vault, "--keep-last", "1").out()).contains("pinned");
    assertThat(backUp(vault, 0)).isEqualTo(ids);
    Invocation again = done("pin", vault, ids.get(0), ids.get(1));
    assertThat(again.err()).contains("pinned " + ids.get(1), "pinned already: " + ids.get(0));
    done("unpin", vault, ids.get(1));
    assertThat(showsPinned(ids.get(0))).isTrue();
    assertThat(showsPinned(ids.get(1))).isFalse();
    assertThat(done("unpin", vault, ids.get(0)).err()).contains("unpinned " + ids.get(0));
    assertThat(done("unpin", vault, ids.get(0)).err())
        .contains("not pinned: " + ids.get(0))
        .doesNotContain("unpinned");
    assertThat(done("list", vault).out()).doesNotContain("PINNED");
    done("prune", vault, "--keep-last", "1", "-q");
    assertThat(backUp(vault, 0)).containsExactly(ids.get(1));
    assertThat(Invocation.of("pin", vault, ids.get(0)).status()).isEqualTo(10);
  }

  private boolean showsPinned(String id) throws Exception {
    String shown = done("show", vault, "--snapshot", id, "--json").out();
    boolean pinned = JSON.readTree(shown).at("/snapshot/pinned").asBoolean();
    assertThat(done("show", vault, "--snapshot", id).out().contains("pinned  ")).isEqualTo(pinned);
    return pinned;
  }

  @Test
  void aSourceIsMeantByItsIdOrItsDatabaseAndAMisspeltOneIsTold() throws Exception {
    done("backup", "-q", "--init", "--source", "left", "--tag", "t", shop.uri(), vault);
    done("backup", "-q", "--source", "right", "--tag", "t", shop.uri(), vault);
    assertThat(done("list", vault, "--source", "left").out().lines()).hasSize(2);
    Invocation misspelt = Invocation.of("list", vault, "--source", "lefd");
    assertThat(misspelt.status()).isEqualTo(10);
    assertThat(misspelt.errorLines())
        .containsExactly(
            "godwit: the vault holds no snapshot of the source 'lefd'",
            "hint: sources are left, right");

    Invocation whose = Invocation.of("pin", vault, "tag:t");
    assertThat(whose.status()).isEqualTo(2);
    assertThat(whose.err()).contains("say whose with --source: left, right");
    done("pin", "--source", "left", vault, "tag:t");
    JsonNode listed = JSON.readTree(done("list", "--json", vault).out()).get("snapshots");
    for (JsonNode snapshot : listed) {
      assertThat(snapshot.get("pinned").asBoolean())
          .isEqualTo(snapshot.get("source").asText().equals("left"));
    }
    done("unpin", "--source", "left", vault, "latest");

    String alone = vault + "-alone";
    done("backup", "-q", "--init", shop.uri(), alone);
    String database = shop.uri().substring(shop.uri().lastIndexOf('/') + 1);
    for (String command : List.of("list", "show")) {
      assertThat(done(command, alone, "--source", database).out()).contains(database);
    }
    Invocation both = Invocation.of("show", vault, "--source", database);
    assertThat(both.status()).isEqualTo(2);
    assertThat(both.err()).contains("say whose with --source: left, right");
  }

  @Test
  void badInputTouchesNothing() throws Exception {
    List<String> ids = backUp(vault, 2);
    for (String[] bad :
        List.of(
            new String[] {"prune", vault},
            new String[] {"prune", vault, "--keep-last", "-1"},
            new String[] {"prune", vault, "--keep-within", "soon"},
            new String[] {"prune", vault, "--keep-last", "1", "--zone", "Mars/Base"},
            new String[] {"prune", vault, "--keep-last", "1", "--rewrite-below", "half"})) {
      Invocation refused = Invocation.of(bad);
      assertThat(refused.status()).as("%s", refused.err()).isEqualTo(2);
      assertThat(refused.errorLines()).hasSize(2);
    }
    Invocation unknown = Invocation.of("prune", vault, "--keep-last", "1", "--source", "nobody");
    assertThat(unknown.status()).isEqualTo(10);
    assertThat(backUp(vault, 0)).isEqualTo(ids);
  }

  @Test
  void anotherPruneThatIsAtWorkIsNamed() throws Exception {
    backUp(vault, 2);
    Path locks = Files.createDirectories(Path.of(vault, "locks"));
    Files.writeString(
        locks.resolve("a".repeat(32) + ".json"),
        """
        {"format":0,"kind":"pruner","what":"prune","host":"far","machine":"elsewhere","pid":1,
         "start":"1","user":"ann","work":"none","taken":"2026-11-21T10:00:00.123456789Z"}
        """);
    Invocation refused = Invocation.of("prune", vault, "--keep-last", "1");
    assertThat(refused.status()).isEqualTo(11);
    assertThat(refused.err())
        .contains(
            "prune by ann on far since "
                + Amounts.time(Instant.parse("2026-11-21T10:00:00Z"))
                + System.lineSeparator());
    assertThat(backUp(vault, 1)).as("a backup does not care").hasSize(3);
  }

  @Test
  void whereListsMayLagTheSpaceComesBackWithALaterPrune() throws Exception {
    System.setProperty("aws.accessKeyId", S3Server.KEY);
    System.setProperty("aws.secretAccessKey", S3Server.SECRET);
    System.setProperty("aws.disableEc2Metadata", "true");
    try (S3Server server = S3Server.start()) {
      String consistent = server.uri("shop");
      String unknown = consistent.replace("&list-lag=0", "");
      backUp(unknown, 1);
      shop.execute("update orders set total = total + 1");
      backUp(unknown, 1);
      awaitTheNextSecond();
      assertThat(done("prune", unknown, "--keep-last", "1", "--dry-run").out())
          .contains("would drop 1", "lists may lag");
      assertThat(done("prune", unknown, "--keep-last", "1").out())
          .contains("dropped 1 snapshot of 2", "wait for a later prune", "lists may lag")
          .contains("'list-lag=0'");
      JsonNode said = JSON.readTree(done("prune", unknown, "--keep-last", "1", "--json").out());
      assertThat(said.get("removed").get("files").asLong()).isZero();
      assertThat(said.get("waiting").get("bytes").asLong()).isPositive();
      assertThat(said.get("rests_until").isNull()).as("nothing is marked yet").isTrue();
      assertThat(said.get("marks_from").asText()).startsWith("20");
      assertThat(done("prune", consistent, "--keep-last", "1").out())
          .doesNotContain("lag", "wait for a later prune");
      done("check", "--read-data", consistent);
    } finally {
      System.clearProperty("aws.accessKeyId");
      System.clearProperty("aws.secretAccessKey");
    }
  }

  /**
   * A bucket tells times by the second, and what is of this second is left alone as if somebody
   * were still writing it.
   */
  private static void awaitTheNextSecond() {
    for (long second = seconds(); seconds() == second; ) {
      Thread.onSpinWait();
    }
  }

  private static long seconds() {
    return System.currentTimeMillis() / 1000;
  }

  @Test
  void aBucketThatForbidsDeletingIsNoFailure() throws Exception {
    System.setProperty("aws.accessKeyId", S3Server.KEY);
    System.setProperty("aws.secretAccessKey", S3Server.SECRET);
    System.setProperty("aws.disableEc2Metadata", "true");
    try (S3Server server = S3Server.start();
        FaultyNetwork network = new FaultyNetwork(server.port())) {
      String bucket =
          "s3://" + server.bucket() + "/shop?path-style=true&endpoint=" + network.endpoint();
      List<String> ids = backUp(bucket, 2);
      network.rule(
          asked ->
              asked.is("DELETE", "/snapshots/")
                  ? new Fault.Answered(403, "AccessDenied")
                  : asked.is("HEAD", "/snapshots/")
                      ? new Fault.Told(
                          "x-amz-object-lock-retain-until-date", "2031-01-02T12:04:05Z")
                      : new Fault.None());
      Invocation prune = done("prune", bucket, "--keep-last", "1");
      assertThat(prune.out()).contains("dropped 0 snapshots of 2", "retained until 2031-01-02");
      network.rule(asked -> new Fault.None());
      assertThat(backUp(bucket, 0)).isEqualTo(ids);
      assertThat(done("prune", bucket, "--keep-last", "1").out()).contains("dropped 1 snapshot");
      done("check", "--read-data", bucket);
    } finally {
      System.clearProperty("aws.accessKeyId");
      System.clearProperty("aws.secretAccessKey");
    }
  }
}
