package dev.godwit.cli.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.godwit.cli.Invocation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code godwit copy}, with right and wrong words. */
class CopyCommandTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir static Path folder;
  private static Database shop;
  private static String vault;
  private static final List<String> ids = new ArrayList<>();

  @BeforeAll
  static void backUp() throws IOException {
    shop = Database.withShop();
    vault = folder.resolve("vault").toString();
    done("backup", "-q", "--init", "--tag", "monthly", shop.uri(), vault);
    shop.execute("update orders set total = 1 where id < 100");
    done("backup", "-q", shop.uri(), vault);
    shop.execute("update orders set total = 2 where id < 100");
    done("backup", "-q", shop.uri(), vault);
    for (JsonNode snapshot : JSON.readTree(done("list", "--json", vault).out()).get("snapshots")) {
      ids.add(snapshot.get("id").asText());
    }
  }

  private static Invocation done(String... arguments) {
    Invocation done = Invocation.of(arguments);
    assertThat(done.status()).as("%s", done.err()).isZero();
    return done;
  }

  private static String made(String name) {
    String place = folder.resolve(name).toString();
    done("init", "-q", place);
    return place;
  }

  private static int count(String place) throws IOException {
    return JSON.readTree(done("list", "--json", place).out()).get("snapshots").size();
  }

  @Test
  void theLatestByDefaultAndAllWhenAsked() throws IOException {
    String target = made("latest");
    assertThat(done("copy", vault, target).err()).contains(ids.get(2), "1 snapshot copied");
    assertThat(done("audit", target).out()).contains("source " + vault);
    assertThat(done("audit", vault).out()).contains("target " + target);
    assertThat(count(target)).isEqualTo(1);
    assertThat(done("copy", "--dry-run", "--all", vault, target).out())
        .contains(ids.get(0), "would be copied", "is there already");
    assertThat(count(target)).isEqualTo(1);
    assertThat(done("copy", "--all", vault, target).err()).contains("2 snapshots copied");
    JsonNode listed = JSON.readTree(done("list", "--json", target).out()).get("snapshots");
    List<String> copied = new ArrayList<>();
    listed.forEach(snapshot -> copied.add(snapshot.at("/copied_from/snapshot").asText()));
    assertThat(copied).isEqualTo(ids);
    assertThat(done("show", target).out()).contains("copied from " + ids.get(2));
    Database back = Database.missing();
    done("restore", "-q", "--create", target, back.uri());
    assertThat(back.fingerprint("orders")).isEqualTo(shop.fingerprint("orders"));
  }

  @Test
  void someByIdOrTag() throws IOException {
    String target = made("some");
    done("copy", "--snapshot", ids.get(1).substring(0, 6), "--snapshot", "latest", vault, target);
    assertThat(count(target)).isEqualTo(2);
    done("copy", "--tag", "monthly", vault, target);
    assertThat(count(target)).isEqualTo(3);
    JsonNode dry = JSON.readTree(done("copy", "--json", "--dry-run", "--all", vault, target).out());
    assertThat(dry.get("schema").asText()).isEqualTo("godwit.copy/1");
    assertThat(dry.get("snapshots").findValuesAsText("result")).containsOnly("there");
  }

  /** Who believes to have copied a vault to another disk must not hear that all is there. */
  @Test
  void aVaultIsNotCopiedIntoItselfUnderAnotherName() throws IOException {
    String link = Files.createSymbolicLink(folder.resolve("link"), Path.of(vault)).toString();
    refused(2, "also known as " + link, "copy", "--all", vault, link);
    refused(2, "both vaults are " + link, "copy", "--dry-run", "--all", link, vault);
  }

  private static void refused(int status, String message, String... arguments) {
    Invocation done = Invocation.of(arguments);
    assertThat(done.err()).contains(message);
    assertThat(done.errorLines()).hasSize(2);
    assertThat(done.status()).isEqualTo(status);
  }

  @Test
  void wrongWordsAreRefused() {
    String target = made("refused");
    String none = folder.resolve("none").toString();
    refused(2, "exclude each other", "copy", "--all", "--snapshot", "latest", vault, target);
    refused(2, "both vaults are", "copy", vault, vault);
    refused(10, "there is no vault at " + none, "copy", none, target);
    refused(10, "there is no vault at " + none, "copy", vault, none);
    refused(10, "no snapshot 'ffff'", "copy", "--snapshot", "ffff", vault, target);
    refused(10, "with the tag 'nobody'", "copy", "--tag", "nobody", vault, target);
    refused(10, "source 'nobody'", "copy", "--all", "--source", "nobody", vault, target);
    refused(2, "missing required parameter", "copy", vault);
    assertThat(folder.resolve("none")).doesNotExist();
  }

  @Test
  void damageCostsTheSnapshotThatItHits() throws IOException {
    String bent = folder.resolve("bent").toString();
    Path from = Path.of(vault);
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Path to = Path.of(bent).resolve(from.relativize(file));
        Files.createDirectories(to.getParent());
        Files.copy(file, to);
      }
    }
    try (Stream<Path> files = Files.list(Path.of(bent, "snapshots"))) {
      Path second = files.filter(f -> f.toString().contains(ids.get(1))).findFirst().orElseThrow();
      Files.writeString(second, "{}");
    }
    String target = made("healthy");
    Invocation copy = Invocation.of("copy", "--all", bent, target);
    assertThat(copy.status()).isEqualTo(13);
    assertThat(copy.err()).contains(ids.get(1) + ": not copied", "2 snapshots copied");
    assertThat(count(target)).isEqualTo(2);
    done("check", "--read-data", target);
  }
}
