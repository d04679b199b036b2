package dev.godwit.cli.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.godwit.cli.Invocation;
import dev.godwit.vault.file.Hash;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Bad input: one line, a hint, the documented exit status, and nothing changed. */
class BadInputTest {
  private static final String NOBODY = "postgresql://postgres@127.0.0.1:1/db";

  @TempDir static Path folder;
  private static Database shop;
  private static String vault;

  @BeforeAll
  static void backUp() {
    shop = Database.withShop();
    vault = folder.resolve("vault").toString();
    assertThat(Invocation.of("backup", "-q", "--init", shop.uri(), vault).status()).isZero();
  }

  private static void refused(int status, String message, String... arguments) throws IOException {
    List<String> before = files();
    Invocation done = Invocation.of(arguments);
    assertThat(done.err()).contains(message);
    assertThat(done.errorLines()).hasSize(2);
    assertThat(done.errorLines().get(0)).startsWith("godwit: ");
    assertThat(done.errorLines().get(1)).startsWith("hint: ");
    assertThat(done.out()).isEmpty();
    assertThat(done.status()).isEqualTo(status);
    assertThat(files()).isEqualTo(before);
  }

  /** All but the audit, which tells of what was refused too. */
  private static List<String> files() throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(file -> !folder.relativize(file).toString().matches("[^/]+/audit(/.*)?"))
          .filter(file -> !Files.isDirectory(file))
          .map(file -> file + " " + file.toFile().length())
          .sorted()
          .toList();
    }
  }

  private static String in(String name) {
    return folder.resolve(name).toString();
  }

  @Test
  void anUnreachableHost() throws IOException {
    refused(20, "127.0.0.1", "backup", "--init", NOBODY, in("none"));
    refused(21, "127.0.0.1", "restore", vault, NOBODY);
  }

  @Test
  void anUnknownDatabase() throws IOException {
    Database missing = Database.missing();
    refused(20, missing.name(), "backup", "--init", missing.uri(), in("none"));
    refused(21, missing.name(), "restore", vault, missing.uri());
    assertThat(missing.exists()).isFalse();
  }

  @Test
  void anUnknownSchemeOrOption() throws IOException {
    refused(2, "no plugin reads oracel://", "backup", "--init", "oracel://h/db", in("none"));
    refused(2, "cannot read the store's address", "backup", "--init", "db", in("none"));
    refused(2, "unknown option 'sslmod'", "backup", "--init", shop.uri() + "?sslmod=x", in("none"));
  }

  @Test
  void rolesThatAreNotCarried() throws IOException {
    String what = "users and roles of memcached:// are not carried";
    String cache = "memcached://127.0.0.1:1";
    refused(2, what, "backup", "--roles", "--init", cache, in("none"));
    refused(2, what, "migrate", "--roles", cache, Database.empty().uri());
  }

  @Test
  void recordsThatCannotStayBesideOthers() throws IOException {
    String what = "--if-exists is not for postgresql://";
    refused(2, what, "restore", "--if-exists=keep", vault, Database.empty().uri());
    refused(2, "--if-exists", "restore", "--if-exists=maybe", vault, Database.empty().uri());
  }

  @Test
  void aFilterThatMatchesNothing() throws IOException {
    refused(
        2,
        "nothing_like_it",
        "backup",
        "--init",
        shop.uri(),
        in("none"),
        "--include",
        "nothing_like_it");
    Database target = Database.empty();
    refused(2, "nothing_like_it", "restore", vault, target.uri(), "--include", "nothing_like_it");
    refused(2, "nothing_like_it", "cat", vault, "nothing_like_it");
    refused(2, "several datasets match", "show", vault, "*");
  }

  @Test
  void aVaultThatIsMissing() throws IOException {
    for (String command : List.of("list", "show", "check")) {
      refused(10, "none", command, in("none"));
    }
    refused(10, "none", "cat", in("none"), "orders");
    refused(10, "none", "backup", shop.uri(), in("none"));
    refused(10, "none", "restore", in("none"), shop.uri());
  }

  @Test
  void aFolderThatIsNoVault() throws IOException {
    Files.createDirectories(folder.resolve("home"));
    Files.writeString(folder.resolve("home/letter.txt"), "dear");
    refused(10, "home", "list", in("home"));
    refused(1, "home", "init", in("home"));
    refused(1, "home", "backup", "--init", shop.uri(), in("home"));
    refused(1, "vault", "init", vault);
  }

  @Test
  void anUnknownSnapshot() throws IOException {
    refused(10, "ffff", "show", vault, "--snapshot", "ffff");
    refused(10, "nothing", "restore", vault, Database.empty().uri(), "--snapshot", "tag:nothing");
  }

  /** As from a script whose variable is not set: every database would be filed under one name. */
  @Test
  void aNameThatIsBlank() throws IOException {
    refused(2, "--source '' is no name", "backup", "--source", "", shop.uri(), vault);
    refused(2, "--tag ' ' is no name", "backup", "--tag", "a", "--tag", " ", shop.uri(), vault);
    refused(2, "--keep-tag is given a blank", "prune", "--keep-tag", "", vault);
    refused(2, "'' is no name of a file", "key", "new", "");
    refused(2, "'' is no name of a file", "list", "--identity", "", vault);
    refused(2, "'' is no name of a file", "restore", vault, shop.uri(), "--save-mapping=");
    refused(2, "'' is no name of a file", "export", vault, "--tar", "");
    refused(2, "'' names no place of a vault", "init", "");
    refused(2, "'file:' names no place of a vault", "backup", "--init", shop.uri(), "file:");
    refused(2, "'' names no place of a vault", "restore", "", Database.empty().uri());
  }

  @Test
  void aTargetThatIsNotEmpty() throws IOException {
    Database full = Database.empty();
    full.execute("create table mine (id integer)");
    refused(1, "not empty", "restore", vault, full.uri());
    assertThat(full.ask("select count(*) from pg_class where relname = 'orders'")).isEqualTo("0");
  }

  @Test
  void aDamagedVolumeIsFoundAndWhatIsLostIsNamed() throws IOException {
    String bent = in("bent");
    assertThat(Invocation.of("backup", "-q", "--init", shop.uri(), bent).status()).isZero();
    Path volume;
    try (Stream<Path> files = Files.walk(folder.resolve("bent/volumes"))) {
      volume = files.max(Comparator.comparing(f -> f.toFile().length())).orElseThrow();
    }
    volume.toFile().setWritable(true);
    try (FileChannel channel = FileChannel.open(volume, StandardOpenOption.WRITE)) {
      channel.write(ByteBuffer.wrap(new byte[] {1, 2, 3, 4}), channel.size() / 2);
    }
    Invocation check = Invocation.of("check", "--read-data", bent);
    assertThat(check.out()).contains("damaged: volumes/").containsPattern("lost: .*public\\.");
    assertThat(check.status()).isEqualTo(13);

    Files.delete(volume);
    Invocation quick = Invocation.of("check", bent);
    assertThat(quick.out()).contains("damaged: volumes/");
    assertThat(quick.status()).isEqualTo(13);
  }

  @Test
  void aVaultOfANewerGodwit() throws IOException {
    String newer = in("newer");
    assertThat(Invocation.of("init", "-q", newer).status()).isZero();
    Path config = folder.resolve("newer/vault.json");
    config.toFile().setWritable(true);
    String seal = ",\n  \"checksum\" : \"";
    // The last line holds a hash of all before it.
    String text = Files.readString(config).replaceFirst("\"format\" ?: ?\\d+", "\"format\" : 999");
    String head = text.substring(0, text.lastIndexOf(seal));
    Files.writeString(
        config, head + seal + Hash.of(head.getBytes(StandardCharsets.UTF_8)) + "\"\n}\n");
    refused(14, "newer", "list", newer);
  }
}
