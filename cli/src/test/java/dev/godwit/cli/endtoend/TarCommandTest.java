package dev.godwit.cli.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.godwit.cli.Godwit;
import dev.godwit.cli.Invocation;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code godwit export --tar} and {@code godwit restore} of a tar, with right and wrong words. */
class TarCommandTest {
  @TempDir static Path folder;
  private static Database shop;
  private static String vault;
  private static String tar;

  @BeforeAll
  static void export() {
    shop = Database.withShop();
    vault = folder.resolve("vault").toString();
    tar = folder.resolve("shop.tar").toString();
    done("backup", "-q", "--init", shop.uri(), vault);
    assertThat(done("export", vault, "--tar", tar).err()).contains("written as a tar to " + tar);
  }

  private static Invocation done(String... arguments) {
    Invocation done = Invocation.of(arguments);
    assertThat(done.status()).as("%s", done.err()).isZero();
    return done;
  }

  private static Invocation refused(int status, String message, String... arguments) {
    Invocation done = Invocation.of(arguments);
    assertThat(done.err()).contains(message);
    assertThat(done.status()).as("%s", done.err()).isEqualTo(status);
    return done;
  }

  /** Where a tar was unpacked, as the command said. */
  private static Path unpackedInto(Invocation done) {
    Matcher said = Pattern.compile(" into (\\S+), where ").matcher(done.err());
    assertThat(said.find()).as(done.err()).isTrue();
    return Path.of(said.group(1));
  }

  @Test
  void aTarIsRestored() throws IOException {
    Database copy = Database.missing();
    Invocation done = done("restore", "--create", tar, copy.uri());
    assertThat(done.err()).contains("unpacking " + tar, "are free");
    assertThat(copy.fingerprint("orders")).isEqualTo(shop.fingerprint("orders"));
    assertThat(copy.fingerprint("customers")).isEqualTo(shop.fingerprint("customers"));
    assertThat(unpackedInto(done)).doesNotExist();
  }

  @Test
  void aTarGoesThroughAPipe() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    int status = Godwit.run(Invocation.terminal(out, err, Map.of()), "export", vault, "--tar", "-");
    assertThat(status).as(err.toString(StandardCharsets.UTF_8)).isZero();
    Database copy = Database.empty();
    assertThat(restoreFrom(out.toByteArray(), copy).status()).isZero();
    assertThat(copy.fingerprint("orders")).isEqualTo(shop.fingerprint("orders"));

    Database nothing = Database.empty();
    Invocation cut = restoreFrom(Arrays.copyOf(out.toByteArray(), out.size() / 2), nothing);
    assertThat(cut.status()).isEqualTo(13);
    assertThat(cut.err()).contains("standard input is cut short");
    assertThat(nothing.ask("select count(*) from pg_class where relname = 'orders'"))
        .isEqualTo("0");
  }

  private static Invocation restoreFrom(byte[] bytes, Database target) {
    InputStream before = System.in;
    System.setIn(new ByteArrayInputStream(bytes));
    try {
      return Invocation.of("restore", "-", target.uri());
    } finally {
      System.setIn(before);
    }
  }

  @Test
  void aBentTarLoadsNothing() throws IOException {
    byte[] bytes = Files.readAllBytes(Path.of(tar));
    bytes[bytes.length / 2] ^= 1;
    Path bent = folder.resolve("bent.tar");
    Files.write(bent, bytes);
    Database nothing = Database.empty();
    Invocation refused =
        refused(13, "bent.tar is not whole: volumes/", "restore", bent.toString(), nothing.uri());
    assertThat(nothing.ask("select count(*) from pg_class where relname = 'orders'"))
        .isEqualTo("0");
    assertThat(unpackedInto(refused)).doesNotExist();
  }

  @Test
  void otherCommandsSayHowToUnpackIt() {
    for (String command : List.of("list", "show", "check", "repair")) {
      assertThat(refused(2, tar + " is no folder of a vault", command, tar).err())
          .contains("tar xf");
    }
    refused(2, "tar xf", "cat", tar, "orders");
    refused(2, "tar xf", "backup", shop.uri(), tar);
    refused(2, "standard input", "list", "-");
  }

  @Test
  void wrongWordsAreRefused() throws IOException {
    refused(1, "is there already", "export", vault, "--tar", tar);
    refused(1, "no such folder", "export", vault, "--tar", folder + "/no/where.tar");
    refused(2, "standard output", "export", vault, "--tar", "-", "--json");
    refused(2, "--tar", "export", vault);
    refused(10, "no vault", "export", folder + "/none", "--tar", folder + "/none.tar");
    Path letter = folder.resolve("letter");
    Files.writeString(letter, "dear\n".repeat(400));
    refused(2, "is no tar of a vault", "restore", letter.toString(), shop.uri());
    Files.write(letter, new byte[0]);
    refused(2, "is no tar of a vault", "restore", letter.toString(), shop.uri());
    assertThat(folder.resolve("none.tar")).doesNotExist();
    try (Stream<Path> left = Files.list(folder)) {
      assertThat(left.map(Path::toString)).noneMatch(name -> name.endsWith(".part"));
    }
  }
}
