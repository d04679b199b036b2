package dev.godwit.cli.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.godwit.cli.Invocation;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Encrypted vaults in copies, tars and repairs, by the command line. */
class EncryptedCarryTest {
  @TempDir Path folder;
  private Database shop;
  private Encrypted vault;

  /** A vault with keys of its own. */
  private record Encrypted(String place, String identity, String writer) {}

  @BeforeEach
  void backUp() {
    shop = Database.withShop();
    vault = encrypted("a");
    ran("backup", "-q", "--tag", "nightly", shop.uri(), vault.place, "--writer-key", vault.writer);
    shop.execute("update orders set total = 1 where id < 100");
    ran("backup", "-q", shop.uri(), vault.place, "--writer-key", vault.writer);
  }

  private Encrypted encrypted(String name) {
    String identity = folder.resolve(name + ".identity").toString();
    String place = folder.resolve(name).toString();
    String writer = folder.resolve(name + ".key").toString();
    String recipient = ran("key", "new", identity).out().strip();
    ran("init", "-q", place, "--recipient", recipient, "--writer-key", writer);
    return new Encrypted(place, identity, writer);
  }

  private static Invocation ran(String... arguments) {
    Invocation done = Invocation.of(arguments);
    assertThat(done.status()).as(done.err()).isZero();
    return done;
  }

  private static Invocation refused(int status, String... arguments) {
    Invocation done = Invocation.of(arguments);
    assertThat(done.errorLines()).as(done.err()).hasSize(2);
    assertThat(done.errorLines().get(1)).startsWith("hint: ");
    assertThat(done.out()).isEmpty();
    assertThat(done.status()).as(done.err()).isEqualTo(status);
    return done;
  }

  private static List<Path> files(Path below) throws IOException {
    try (Stream<Path> files = Files.walk(below)) {
      return files
          .filter(Files::isRegularFile)
          .filter(file -> !file.toString().contains("/audit/"))
          .sorted()
          .toList();
    }
  }

  private void requireRestored(String from, String... keys) {
    Database copy = Database.missing();
    List<String> arguments = new ArrayList<>(List.of("restore", "--create", "-q", from));
    arguments.add(copy.uri());
    arguments.addAll(List.of(keys));
    ran(arguments.toArray(String[]::new));
    assertThat(copy.fingerprint("orders")).isEqualTo(shop.fingerprint("orders"));
  }

  private void requireSilent(List<Path> files) throws IOException {
    for (Path file : files) {
      String text = Files.readString(file, StandardCharsets.ISO_8859_1);
      for (String word : List.of(shop.name(), "orders", "customers", "nightly")) {
        assertThat(text.contains(word)).as("%s in %s", word, file).isFalse();
      }
    }
  }

  @Test
  void copiedIntoAnotherEncryptedVaultOnce() throws IOException {
    Encrypted to = encrypted("b");
    String[] copy = {"copy", "--all", vault.place, to.place, "--identity", vault.identity};
    String[] first = with(copy, "--target-writer-key", to.writer);
    assertThat(ran(first).err()).contains("2 snapshots copied").doesNotContain("not encrypted");
    assertThat(ran(with(copy, "--target-identity", to.identity)).err())
        .contains("is there already", "nothing copied");
    ran("check", "--read-data", to.place, "--identity", to.identity);
    requireRestored(to.place, "--identity", to.identity);
    Invocation next = ran("backup", "--json", shop.uri(), to.place, "--writer-key", to.writer);
    assertThat(next.out()).containsPattern("\"new_bytes\" ?: ?0\\b");
    requireSilent(files(Path.of(to.place)));
  }

  private static String[] with(String[] arguments, String... more) {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of(more));
    return all.toArray(String[]::new);
  }

  @Test
  void intoAPlainVaultOnlyWhereThatIsMeant() throws IOException {
    String plain = folder.resolve("plain").toString();
    ran("init", "-q", plain);
    List<Path> before = files(Path.of(plain));
    String[] copy = {"copy", vault.place, plain, "--identity", vault.identity};
    assertThat(refused(2, copy).err()).contains("is encrypted, and", "--to-plain");
    assertThat(files(Path.of(plain))).isEqualTo(before);
    assertThat(ran(with(copy, "--to-plain")).err())
        .contains("1 snapshot copied", "what was copied is not encrypted there");
    requireRestored(plain);
    Encrypted back = encrypted("c");
    ran("copy", plain, back.place, "--target-writer-key", back.writer);
    requireRestored(back.place, "--identity", back.identity);
  }

  @Test
  void wrongKeysAreRefusedBeforeAnythingIsWritten() throws IOException {
    Encrypted to = encrypted("b");
    String tar = folder.resolve("x.tar").toString();
    String[] copy = {"copy", vault.place, to.place};
    String[] read = with(copy, "--identity", vault.identity);
    String[] export = {"export", vault.place, "--tar", tar};
    String[] write = {"--target-writer-key", to.writer};
    List<Path> before = files(folder);
    for (String[] call :
        List.of(
            with(copy, write),
            with(with(copy, write), "--identity", to.identity),
            with(with(copy, write), "--writer-key", vault.writer),
            read,
            with(read, "--target-identity", vault.identity),
            with(read, "--target-writer-key", vault.writer),
            export,
            with(export, "--identity", to.identity),
            with(export, "--writer-key", vault.writer),
            new String[] {"repair", vault.place})) {
      assertThat(refused(12, call).err()).as(String.join(" ", call)).startsWith("godwit: ");
    }
    assertThat(refused(12, read).err()).contains("--target-writer-key");
    assertThat(files(folder)).isEqualTo(before);
  }

  @Test
  void aTarStaysEncryptedAndRestoresWithTheSameIdentity() throws IOException {
    String tar = folder.resolve("shop.tar").toString();
    ran("export", vault.place, "--tar", tar, "--identity", vault.identity);
    requireSilent(List.of(Path.of(tar)));
    Database none = Database.missing();
    Encrypted other = encrypted("b");
    String[] restore = {"restore", "--create", tar, none.uri()};
    assertThat(Invocation.of(restore).err()).contains("shop.tar is encrypted");
    for (String[] keys :
        List.of(
            new String[] {},
            new String[] {"--identity", other.identity},
            new String[] {"--identity", vault.identity, "--writer-key", other.writer},
            new String[] {"--writer-key", vault.writer})) {
      assertThat(Invocation.of(with(restore, keys)).status()).isEqualTo(12);
    }
    assertThat(none.exists()).isFalse();
    requireRestored(tar, "--identity", vault.identity);
  }

  /** Beside a writer key, which remembers where the vault was and how often its keys changed. */
  @Test
  void aTarIsOlderThanItsVaultAndDoesNotTakeItsPlace() throws IOException {
    String tar = folder.resolve("shop.tar").toString();
    ran("export", vault.place, "--tar", tar, "--identity", vault.identity);
    String another = ran("key", "new", folder.resolve("n.identity").toString()).out().strip();
    ran("key", "add", vault.place, "--recipient", another, "--identity", vault.identity);
    ran("list", vault.place, "--writer-key", vault.writer);
    Path seen = Path.of(vault.writer + ".seen");
    String before = Files.readString(seen);
    requireRestored(tar, "--identity", vault.identity, "--writer-key", vault.writer);
    assertThat(Files.readString(seen)).isEqualTo(before);
  }

  @Test
  void aWriterKeyMendsTheIndexAndAnIdentityTheRest() throws IOException {
    Path volume = files(Path.of(vault.place, "volumes")).get(0);
    byte[] bytes = Files.readAllBytes(volume);
    bytes[bytes.length - 3] ^= 1;
    Files.write(volume, bytes);
    Files.write(files(Path.of(vault.place, "index")).get(0), new byte[10]);
    Invocation half = Invocation.of("repair", "--yes", vault.place, "--writer-key", vault.writer);
    assertThat(half.status()).as(half.err()).isEqualTo(13);
    assertThat(half.err())
        .contains(volume.getFileName().toString(), "made anew", "give --identity");
    assertThat(Files.readAllBytes(volume)).isEqualTo(bytes);
    assertThat(ran("repair", "--yes", vault.place, "--identity", vault.identity).err())
        .contains("nothing was lost");
    ran("check", "--read-data", vault.place, "--identity", vault.identity);
    requireRestored(vault.place, "--identity", vault.identity);
  }
}
