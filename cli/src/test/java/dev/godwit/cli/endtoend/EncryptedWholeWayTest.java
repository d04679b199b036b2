package dev.godwit.cli.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.godwit.cli.Invocation;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A database through an encrypted vault and back, by the command line. */
class EncryptedWholeWayTest {
  @TempDir Path folder;
  private Database shop;
  private String identity;
  private String vault;
  private String writer;

  @BeforeEach
  void makeVault() {
    shop = Database.withShop();
    identity = folder.resolve("mine.identity").toString();
    vault = folder.resolve("vault").toString();
    writer = folder.resolve("writer.key").toString();
    String recipient = ran("key", "new", identity).out().strip();
    ran("init", "-q", vault, "--recipient", recipient, "--writer-key", writer);
  }

  private static Invocation ran(String... arguments) {
    Invocation done = Invocation.of(arguments);
    assertThat(done.status()).as(done.err()).isZero();
    return done;
  }

  private static void refusedForItsKey(String... arguments) {
    Invocation done = Invocation.of(arguments);
    assertThat(done.errorLines()).as(done.err()).hasSize(2);
    assertThat(done.errorLines().get(0)).startsWith("godwit: ");
    assertThat(done.errorLines().get(1)).startsWith("hint: ").contains("--identity");
    assertThat(done.out()).isEmpty();
    assertThat(done.status()).isEqualTo(12);
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> files = Files.walk(Path.of(vault))) {
      return files.filter(Files::isRegularFile).toList();
    }
  }

  /** The audit tells what was refused, too. */
  private List<Path> filesButAudit() throws IOException {
    return files().stream().filter(file -> !file.toString().contains("/audit/")).sorted().toList();
  }

  @Test
  void rowsGoInWithAWritersKeyAndComeBackWithAnIdentity() throws IOException {
    ran("backup", "-q", "--tag", "nightly", shop.uri(), vault, "--writer-key", writer);
    long volumes = files().stream().filter(file -> file.toString().endsWith(".gwv")).count();
    ran("backup", "-q", shop.uri(), vault, "--writer-key", writer);
    assertThat(files().stream().filter(file -> file.toString().endsWith(".gwv")))
        .hasSize((int) volumes);

    Database copy = Database.missing();
    Invocation back =
        ran("restore", "--create", "--verify", vault, copy.uri(), "--identity", identity);
    assertThat(back.err()).contains("verified: the same as the snapshot in 2 datasets, 3,502 rows");
    ran("check", "--read-data", vault, "--identity", identity);
    ran("backup", "-q", "--verify", shop.uri(), vault, "--identity", identity);

    for (Path file : files()) {
      String text = file + " " + Files.readString(file, StandardCharsets.ISO_8859_1);
      String told = text.substring(folder.toString().length());
      for (String word : List.of(shop.name(), "orders", "customers", "postgres", "nightly")) {
        assertThat(told.contains(word)).as("%s in %s", word, file).isFalse();
      }
    }
  }

  @Test
  void aWritersKeyListsAndChecksAndReadsNothing() throws IOException {
    ran("backup", "-q", "--tag", "nightly", shop.uri(), vault, "--writer-key", writer);
    assertThat(ran("list", vault, "--writer-key", writer).out())
        .contains("SNAPSHOT", shop.name(), "nightly")
        .doesNotContain("ROWS");
    assertThat(ran("list", "--json", vault, "--writer-key", writer).out())
        .contains("\"complete\" : true")
        .doesNotContain("\"scope\"");
    assertThat(ran("list", vault, "--identity", identity).out()).contains("ROWS", "3,502");
    assertThat(ran("check", vault, "--writer-key", writer).out()).contains("were not looked into");
    refusedForItsKey("show", vault, "--writer-key", writer);
    refusedForItsKey("cat", vault, "orders", "--writer-key", writer);
    refusedForItsKey("check", "--read-data", vault, "--writer-key", writer);
    Database copy = Database.missing();
    refusedForItsKey("restore", "--create", vault, copy.uri(), "--writer-key", writer);
    assertThat(copy.exists()).isFalse();
  }

  @Test
  void aProofThatCannotBeReadIsRefusedBeforeAnythingIs() throws IOException {
    List<Path> before = filesButAudit();
    String nobody = "postgresql://postgres@127.0.0.1:1/db";
    refusedForItsKey("backup", "--verify", nobody, vault, "--writer-key", writer);
    assertThat(filesButAudit()).isEqualTo(before);
  }

  @Test
  void aWritersKeyPrunesAndWhatStaysComesBack() throws IOException {
    for (int i = 0; i < 3; i++) {
      shop.execute("update orders set total = id * " + (i + 2));
      ran("backup", "-q", shop.uri(), vault, "--writer-key", writer);
    }
    List<Path> before = filesButAudit();

    Invocation none = Invocation.of("prune", vault, "--keep-last", "1");
    assertThat(none.status()).isEqualTo(12);
    assertThat(none.errorLines().get(0)).contains("is encrypted, and no key was given");
    assertThat(none.errorLines()).as("one line, and a hint").hasSize(2);
    assertThat(none.out()).isEmpty();
    assertThat(ran("prune", vault, "--keep-last", "1", "--dry-run", "--writer-key", writer).out())
        .contains("would drop 2 snapshots of 3", "no rule keeps it");
    assertThat(filesButAudit()).isEqualTo(before);

    assertThat(ran("prune", vault, "--keep-last", "2", "--writer-key", writer).out())
        .contains("dropped 1 snapshot of 3; gave back");
    assertThat(ran("prune", vault, "--keep-last", "1", "--identity", identity).out())
        .contains("dropped 1 snapshot of 2; gave back");
    ran("check", "--read-data", vault, "--identity", identity);
    Database copy = Database.missing();
    ran("restore", "--create", "--verify", vault, copy.uri(), "--identity", identity);
    assertThat(ran("audit", vault, "--writer-key", writer).out()).contains("prune");
  }
}
