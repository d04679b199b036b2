package dev.godwit.cli.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.godwit.cli.Invocation;
import dev.godwit.cli.screen.BrokenPipe;
import dev.godwit.testkit.server.s3.Fault;
import dev.godwit.testkit.server.s3.FaultyNetwork;
import dev.godwit.testkit.server.s3.S3Server;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every operation on a vault's data is told in its audit, and what is missing there is found. */
class AuditedVaultTest {
  private static Database shop;
  @TempDir Path folder;

  @BeforeAll
  static void fill() {
    shop = Database.withShop();
  }

  private static Invocation done(String... arguments) {
    Invocation done = Invocation.of(arguments);
    assertThat(done.status()).as("%s", done.err()).isZero();
    return done;
  }

  private static List<Path> records(Path vault) throws Exception {
    try (Stream<Path> files = Files.walk(vault.resolve("audit"))) {
      return files.filter(Files::isRegularFile).sorted().toList();
    }
  }

  @Test
  void whatCouldNotBeWrittenIsNoSuccess() throws Exception {
    String vault = folder.resolve("unread").toString();
    done("backup", "--init", shop.uri(), vault);
    for (String[] command :
        List.of(
            new String[] {"cat", vault, "customers"},
            new String[] {"cat", "--format", "csv", vault, "customers"},
            new String[] {"export", vault, "--tar", "-"})) {
      Invocation full = ontoAFullDisk(command);
      assertThat(full.status()).as("%s", full.err()).isEqualTo(1);
      assertThat(full.err()).doesNotContain("written as a tar");
    }
    assertThat(done("audit", vault).out().lines().skip(2))
        .hasSize(3)
        .allSatisfy(line -> assertThat(line).contains(" exit 1 "));
  }

  /** All of the output waits in a buffer until it is flushed. */
  private static Invocation ontoAFullDisk(String... arguments) throws IOException {
    try (OutputStream full = Files.newOutputStream(Path.of("/dev/full"))) {
      return Invocation.onto(new BufferedOutputStream(full, 64 << 20), arguments);
    }
  }

  @Test
  void aTarWhoseReaderLeftIsNoSuccess() throws Exception {
    String vault = folder.resolve("left").toString();
    done("backup", "--init", shop.uri(), vault);
    Invocation left = Invocation.onto(BrokenPipe.out(), "export", vault, "--tar", "-");
    assertThat(left.err()).contains("left before its end").doesNotContain("written as a tar");
    assertThat(left.status()).isEqualTo(1);
    assertThat(Invocation.onto(BrokenPipe.out(), "cat", vault, "orders").status()).isZero();
  }

  @Test
  void everyOperationIsTold() throws Exception {
    Path place = folder.resolve("vault");
    String vault = place.toString();
    done("init", vault);
    done("backup", shop.uri(), vault);
    done("list", vault);
    done("show", vault);
    done("cat", "--limit", "1", vault, "orders");
    done("compare", shop.uri(), vault);
    done("check", vault);
    Database copy = Database.missing();
    done("restore", "--create", vault, copy.uri());
    assertThat(Invocation.of("restore", vault, copy.uri()).status()).isEqualTo(1);
    done("backup", "--dry-run", shop.uri(), vault);
    done("check", "--read-data", vault);

    List<String> lines = done("audit", vault).out().lines().toList();
    assertThat(lines.get(0)).matches("BEGUN +OPERATION +RESULT +WHO +WHAT");
    int result = lines.get(0).indexOf("RESULT");
    assertThat(lines).allSatisfy(line -> assertThat(line.charAt(result - 1)).isEqualTo(' '));
    assertThat(lines.stream().skip(1).map(line -> line.substring(19).strip()))
        .satisfiesExactly(
            line -> assertThat(line).contains("init ", "done"),
            line -> assertThat(line).contains("backup ", "done", "snapshot ", "source ", " rows"),
            line -> assertThat(line).contains("cat ", "done", "dataset orders"),
            line -> assertThat(line).contains("compare ", "done", "a postgresql://", "b "),
            line -> assertThat(line).contains("check ", "done", "read structure"),
            line -> assertThat(line).contains("restore ", "done", "target postgresql://"),
            line -> assertThat(line).contains("restore ", "exit 1", "target postgresql://"),
            line -> assertThat(line).contains("check ", "done", "read all data"));
    JsonNode json = new ObjectMapper().readTree(done("audit", "--json", vault).out());
    assertThat(json.get("whole").asBoolean()).isTrue();
    assertThat(json.get("records").findValuesAsText("state"))
        .containsExactly("done", "begun", "ended", "done", "done", "done", "done", "done", "done");

    Path gone = records(place).get(3);
    byte[] content = Files.readAllBytes(gone);
    Files.delete(gone);
    Invocation missing = Invocation.of("audit", vault);
    assertThat(missing.status()).isEqualTo(13);
    assertThat(missing.out()).contains("damaged: " + place.relativize(gone) + " is missing: ");
    content[content.length / 2] ^= 1;
    Files.write(gone, content);
    Invocation altered = Invocation.of("audit", "--json", vault);
    assertThat(altered.status()).isEqualTo(13);
    assertThat(altered.out()).contains("\"whole\" : false", "is altered");
    Invocation check = Invocation.of("check", "--read-data", vault);
    assertThat(check.status()).isEqualTo(13);
    assertThat(check.out()).contains(place.relativize(gone).toString());
  }

  @Test
  void whatIsGoneOrPinnedAndWhoWasLetInIsNamed() throws Exception {
    String vault = folder.resolve("vault").toString();
    String identity = folder.resolve("identity").toString();
    String recipient = done("key", "new", identity).out().strip();
    String second = done("key", "new", folder.resolve("second").toString()).out().strip();
    String writer = folder.resolve("writer").toString();
    done("init", vault, "--recipient", recipient, "--writer-key", writer);
    for (int i = 0; i < 2; i++) {
      done("backup", shop.uri(), vault, "--writer-key", writer);
    }
    JsonNode snapshots =
        new ObjectMapper()
            .readTree(done("list", "--json", vault, "--identity", identity).out())
            .get("snapshots");
    String older = snapshots.get(0).get("id").asText();
    String newer = snapshots.get(1).get("id").asText();
    done("pin", vault, newer, "--identity", identity);
    done("prune", "--keep-last", "1", vault, "--identity", identity);
    done("key", "add", vault, "--recipient", second, "--identity", identity);
    done("key", "writer", vault, folder.resolve("other").toString(), "--identity", identity);
    String keys = done("key", "list", vault).out();
    String added = keys.lines().filter(l -> l.contains(second)).findFirst().orElseThrow();
    done("key", "remove", vault, added.substring(0, 16), "--identity", identity);
    assertThat(done("audit", vault, "--identity", identity).out().lines().skip(4))
        .satisfiesExactly(
            line -> assertThat(line).contains("pin ", "snapshot " + newer),
            line -> assertThat(line).contains("prune ", "dropped " + older, ", 1 dropped snapshot"),
            line -> assertThat(line).contains("key add ", "key " + added.substring(0, 16)),
            line -> assertThat(line).containsPattern("key writer .*writer [0-9a-f]{32}"),
            line -> assertThat(line).contains("key remove ", "key " + added.substring(0, 16)));
  }

  /** A full disk is what a prune is run for: it goes on. All else that changes a vault does not. */
  @Test
  void whereNoRecordCanBeWrittenOnlyAPruneChangesTheVault() throws Exception {
    Path place = folder.resolve("vault");
    String vault = place.toString();
    done("backup", "--init", shop.uri(), vault);
    done("backup", shop.uri(), vault);
    Files.move(place.resolve("audit"), folder.resolve("audit"));
    Files.writeString(place.resolve("audit"), "no folder");
    Invocation pinned = Invocation.of("pin", vault, "latest");
    assertThat(pinned.status()).as("%s", pinned.err()).isEqualTo(1);
    assertThat(place.resolve("pins")).doesNotExist();
    Invocation refused = Invocation.of("backup", shop.uri(), vault);
    assertThat(refused.status()).as("%s", refused.err()).isEqualTo(1);
    assertThat(refused.err()).startsWith("godwit: cannot write audit");
    assertThat(done("list", vault).out().lines()).hasSize(3);
    Invocation pruned = done("prune", "--keep-last", "1", vault);
    assertThat(pruned.err()).containsOnlyOnce("warning: not told in the vault's audit: ");
    assertThat(done("list", vault).out().lines()).hasSize(2);
  }

  @Test
  void whatThisMachineHasSeenIsMissed() throws Exception {
    Path place = folder.resolve("vault");
    Map<String, String> here = Map.of("XDG_STATE_HOME", folder.resolve("state").toString());
    assertThat(Invocation.in(here, "init", place.toString()).status()).isZero();
    for (Path record : records(place)) {
      Files.delete(record);
    }
    assertThat(Invocation.of("audit", place.toString()).status()).isZero();
    Invocation audit = Invocation.in(here, "audit", place.toString());
    assertThat(audit.status()).isEqualTo(13);
    assertThat(audit.out()).contains("is missing: this machine has seen it");
    Invocation check = Invocation.in(here, "check", place.toString());
    assertThat(check.status()).isZero();
    assertThat(check.err()).contains("warning: audit/").contains("the vault was set back");
  }

  /** A vault is also a plain folder, and its copy goes on by itself. */
  @Test
  void aCopyOfTheFolderThatWentOnIsNoReasonToMissItsRecords() throws Exception {
    Path place = folder.resolve("vault");
    Path copy = folder.resolve("copy");
    Map<String, String> here = Map.of("XDG_STATE_HOME", folder.resolve("state").toString());
    assertThat(Invocation.in(here, "init", place.toString()).status()).isZero();
    copyFolder(place, copy);
    for (Path each : List.of(copy, place, copy)) {
      Invocation check = Invocation.in(here, "check", each.toString());
      assertThat(check.status()).as(check.err()).isZero();
      assertThat(check.err()).doesNotContain("warning");
      assertThat(Invocation.in(here, "audit", place.toString()).status()).isZero();
    }
    for (Path record : records(copy)) {
      Files.delete(record);
    }
    assertThat(Invocation.in(here, "audit", copy.toString()).status()).isEqualTo(13);
    assertThat(Invocation.in(here, "audit", place.toString()).status()).isZero();
  }

  private static void copyFolder(Path from, Path to) throws IOException {
    try (Stream<Path> paths = Files.walk(from)) {
      for (Path path : paths.toList()) {
        Files.copy(path, to.resolve(from.relativize(path)));
      }
    }
  }

  @Test
  void whereNobodyMayWriteReadingGoesOn() throws Exception {
    System.setProperty("aws.accessKeyId", S3Server.KEY);
    System.setProperty("aws.secretAccessKey", S3Server.SECRET);
    System.setProperty("aws.disableEc2Metadata", "true");
    try (S3Server server = S3Server.start();
        FaultyNetwork network = new FaultyNetwork(server.port())) {
      String vault =
          "s3://" + server.bucket() + "/shop?path-style=true&endpoint=" + network.endpoint();
      done("backup", "--init", shop.uri(), vault);
      network.rule(
          asked ->
              asked.method().equals("PUT")
                  ? new Fault.Answered(403, "AccessDenied")
                  : new Fault.None());
      Invocation cat = done("cat", vault, "customers");
      assertThat(cat.out().lines()).hasSize(500);
      assertThat(cat.errorLines())
          .singleElement()
          .satisfies(
              line ->
                  assertThat(line)
                      .startsWith("warning: not told in the vault's audit: cannot write audit/")
                      .contains("permission denied"));
      Invocation backup = Invocation.of("backup", shop.uri(), vault);
      assertThat(backup.status()).isEqualTo(1);
      assertThat(backup.err()).contains("cannot write audit/");
    } finally {
      System.clearProperty("aws.accessKeyId");
      System.clearProperty("aws.secretAccessKey");
    }
  }
}
