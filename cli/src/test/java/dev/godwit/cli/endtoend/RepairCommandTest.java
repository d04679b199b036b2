package dev.godwit.cli.endtoend;

import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;
import static org.assertj.core.api.Assertions.assertThat;

import dev.godwit.cli.Invocation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code godwit repair}, and a check that reads a part. */
class RepairCommandTest {
  @TempDir Path folder;
  private Database shop;
  private String vault;

  @BeforeEach
  void backUp() {
    shop = Database.withShop();
    vault = folder.resolve("vault").toString();
    done("backup", "-q", "--init", shop.uri(), vault);
    shop.execute("insert into customers values (9999, 'late', null)");
    done("backup", "-q", shop.uri(), vault);
  }

  private static Invocation done(String... arguments) {
    Invocation done = Invocation.of(arguments);
    assertThat(done.status()).as("%s%s", done.out(), done.err()).isZero();
    return done;
  }

  private List<Path> files(String below) throws IOException {
    try (Stream<Path> files = Files.walk(Path.of(vault, below))) {
      return files.filter(Files::isRegularFile).sorted().toList();
    }
  }

  @Test
  void aSoundVaultIsSound() {
    assertThat(done("repair", vault).err()).contains("no snapshot is damaged");
    assertThat(done("repair", "--dry-run", "--read-data", vault).err()).contains("is sound");
  }

  /** As where two vaults were copied into one folder. */
  @Test
  void whatIsOfAnotherVaultIsTakenOutByNobody(@TempDir Path folder) throws IOException {
    String identity = folder.resolve("identity").toString();
    String sealed = folder.resolve("sealed").toString();
    String recipient = done("key", "new", identity).out().strip();
    String key = folder.resolve("key").toString();
    done(
        "backup",
        "-q",
        "--init",
        "--recipient",
        recipient,
        "--writer-key",
        key,
        shop.uri(),
        sealed);
    try (Stream<Path> files = Files.walk(Path.of(sealed))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Path to = Path.of(vault).resolve(Path.of(sealed).relativize(file));
        if (!Files.exists(to)) {
          Files.createDirectories(to.getParent());
          Files.copy(file, to);
        }
      }
    }
    List<Path> manifests = files("snapshots");
    List<Path> volumes = files("volumes");
    Invocation check = Invocation.of("check", vault);
    assertThat(check.status()).isEqualTo(13);
    assertThat(check.out()).contains("remark: manifests and volumes of another vault");
    for (String how : List.of("--dry-run", "--yes")) {
      Invocation repair = Invocation.of("repair", "--read-data", how, vault);
      assertThat(repair.status()).isEqualTo(13);
      assertThat(repair.err()).contains("2 files of another vault stay").doesNotContain("gone");
    }
    assertThat(files("snapshots")).isEqualTo(manifests);
    assertThat(files("volumes")).isEqualTo(volumes);
    Files.copy(Path.of(sealed, "vault.json"), Path.of(vault, "vault.json"), REPLACE_EXISTING);
    assertThat(Invocation.of("list", "--identity", identity, vault).out().lines()).hasSize(2);
    done("cat", "--identity", identity, "--snapshot", idOf(sealed), vault, "customers");
  }

  private static String idOf(String vault) throws IOException {
    try (Stream<Path> files = Files.list(Path.of(vault, "snapshots"))) {
      return files.findFirst().orElseThrow().toString().replaceAll(".*-|\\.json", "");
    }
  }

  /** Who must restore in a damaged vault finds the ids that are left in no other way. */
  @Test
  void aBentManifestHidesNoOtherSnapshotFromAList() throws IOException {
    List<Path> manifests = files("snapshots");
    Files.writeString(manifests.get(0), "bent");
    String left = manifests.get(1).getFileName().toString().replaceAll(".*-|\\.json", "");
    Invocation list = Invocation.of("list", vault);
    assertThat(list.status()).isEqualTo(13);
    assertThat(list.out()).contains(left);
    assertThat(list.err()).contains("not listed: snapshots/", "hint: run 'godwit check");
    Invocation json = Invocation.of("list", "--json", vault);
    assertThat(json.status()).isEqualTo(13);
    assertThat(json.out()).contains(left, "\"damaged\" : [ \"snapshots/");
    assertThat(Invocation.of("cat", vault, "customers").err()).contains("hint: 'godwit list'");
    done("cat", "--snapshot", left, vault, "customers");
    Files.writeString(manifests.get(1), "bent");
    assertThat(Invocation.of("list", vault).err()).doesNotContain("no snapshots yet");
  }

  @Test
  void anIndexThatIsGoneIsNotCalledSound() throws IOException {
    for (Path segment : files("index")) {
      Files.delete(segment);
    }
    int volumes = files("volumes").size();
    String dry = done("repair", "--dry-run", vault).err();
    assertThat(dry).contains(volumes + " volumes that the index did not name would be added");
    assertThat(files("index")).isEmpty();
    assertThat(done("repair", vault).err())
        .contains("did not name were added")
        .doesNotContain("is sound");
    assertThat(done("check", vault).out() + done("repair", vault).err())
        .contains("the index is sound")
        .doesNotContain("not in the index");
  }

  /** A bent byte within a block is seen by who reads it, and by nobody else. */
  @Test
  void whatWasNotReadIsNotCalledSound() throws IOException {
    Path volume = files("volumes").get(0);
    byte[] bytes = Files.readAllBytes(volume);
    bytes[bytes.length / 3] ^= 1;
    Files.write(volume, bytes);
    assertThat(done("repair", "--dry-run", vault).err())
        .contains("no snapshot is damaged; the data itself was not read (--read-data)");
    Invocation read = Invocation.of("repair", "--dry-run", "--read-data", vault);
    assertThat(read.status()).isEqualTo(13);
    assertThat(read.err()).doesNotContain("was not read");
  }

  /** No command opens the vault then, so none may be named as the way out. */
  @Test
  void withoutItsFileAVaultIsNotToBeChecked() throws IOException {
    Path file = Path.of(vault, "vault.json");
    Files.writeString(file, "{");
    String bent = Invocation.of("repair", vault).err();
    assertThat(bent).contains("vault.json", "is bent", "put back the vault.json of a copy");
    assertThat(bent).doesNotContain("godwit check");
    Files.delete(file);
    Invocation missing = Invocation.of("list", vault);
    assertThat(missing.status()).isEqualTo(13);
    assertThat(missing.err()).contains("is missing", "put back the vault.json of a copy");
  }

  /** The audit tells what was refused, too. */
  private List<Path> filesButAudit() throws IOException {
    return files("").stream().filter(file -> !file.toString().contains("/audit/")).toList();
  }

  @Test
  void nothingIsLostWithoutAsking() throws IOException {
    Files.writeString(files("snapshots").get(0), "{}");
    String gone = files("snapshots").get(0).getFileName().toString().substring(21, 37);
    List<Path> before = filesButAudit();
    for (String[] arguments : new String[][] {{"repair", "--dry-run", vault}, {"repair", vault}}) {
      Invocation asked = Invocation.of(arguments);
      assertThat(asked.status()).isEqualTo(13);
      assertThat(asked.err()).contains("snapshot " + gone + ": gone");
      assertThat(filesButAudit()).isEqualTo(before);
    }
    Invocation mended = Invocation.of("repair", "--yes", vault);
    assertThat(mended.status()).isEqualTo(3);
    assertThat(mended.err()).contains("mended, without what was lost");
    done("check", "--read-data", vault);
    Database back = Database.missing();
    done("restore", "-q", "--create", vault, back.uri());
    assertThat(back.fingerprint("orders")).isEqualTo(shop.fingerprint("orders"));
  }

  @Test
  void aBackupAndARepairBringBackWhatTheDatabaseHas() throws IOException {
    for (Path volume : files("volumes")) {
      Files.delete(volume);
    }
    assertThat(Invocation.of("check", vault).status()).isEqualTo(13);
    done("backup", "-q", shop.uri(), vault);
    Invocation mended = Invocation.of("repair", "--yes", vault);
    assertThat(mended.err()).contains("mended");
    done("check", "--read-data", vault);
    assertThat(done("list", vault).out().lines().count()).isGreaterThan(2);
  }

  @Test
  void aPartIsReadByTurns() {
    assertThat(done("check", "--read-data", vault).out()).contains("read and verified");
    assertThat(done("check", "--read-data=100%", vault).out()).doesNotContain("part ");
    assertThat(done("check", vault, "--read-data=5%").out()).containsPattern("part \\d+ of 23");
    assertThat(done("check", "--json", "--read-data=5%", vault).out())
        .contains("\"volumes_read\"", "\"turn\"");
    for (String wrong : List.of("0%", "101%", "5", "x", "-1%", "")) {
      Invocation refused = Invocation.of("check", "--read-data=" + wrong, vault);
      assertThat(refused.status()).as(wrong).isEqualTo(2);
      assertThat(refused.err()).contains("'" + wrong + "' is no part of the data");
    }
    assertThat(Invocation.of("check", "--read-data").status()).isEqualTo(2);
    assertThat(Invocation.of("repair").status()).isEqualTo(2);
    assertThat(Invocation.of("repair", folder + "/none").status()).isEqualTo(10);
  }
}
