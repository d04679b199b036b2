package dev.godwit.cli.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.godwit.cli.Invocation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Copies between vaults that passphrases open, another for each. */
class PassphraseCopyTest {
  private static final String FROM = "old horse battery staple";
  private static final String TO = "new correct wire cutter";

  @TempDir Path folder;
  private Database shop;
  private String from;
  private String to;
  private String fromFile;
  private String toFile;

  @BeforeEach
  void make() throws IOException {
    from = in("from");
    to = in("to");
    fromFile = file("from.phrase", FROM);
    toFile = file("to.phrase", TO);
    shop = Database.withShop();
    ran(
        "init",
        from,
        "--passphrase",
        "--passphrase-file",
        fromFile,
        "--writer-key",
        in("from.key"));
    ran("init", to, "--passphrase", "--passphrase-file", toFile, "--writer-key", in("to.key"));
    ran("backup", "-q", shop.uri(), from, "--writer-key", in("from.key"));
  }

  private String in(String name) {
    return folder.resolve(name).toString();
  }

  private String file(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text + "\n").toString();
  }

  /** No key of this machine helps. */
  private Invocation invoke(String... arguments) {
    return Invocation.in(Map.of("XDG_CONFIG_HOME", in("none")), arguments);
  }

  private Invocation ran(String... arguments) {
    Invocation done = invoke(arguments);
    assertThat(done.status()).as(done.err()).isZero();
    assertThat(done.err() + done.out()).doesNotContain(FROM, TO);
    return done;
  }

  private Invocation copy(String... keys) {
    List<String> arguments = new ArrayList<>(List.of("copy", from, to));
    arguments.addAll(List.of(keys));
    return invoke(arguments.toArray(String[]::new));
  }

  @Test
  void eachSideByItsOwn() {
    Invocation first = copy("--passphrase-file", fromFile, "--target-passphrase-file", toFile);
    assertThat(first.status()).as(first.err()).isZero();
    assertThat(first.err()).contains("1 snapshot copied");
    Invocation again =
        copy(
            "--passphrase-command",
            "cat '" + fromFile + "'",
            "--target-passphrase-command",
            "cat '" + toFile + "'");
    assertThat(again.status()).as(again.err()).isZero();
    assertThat(again.err()).contains("is there already", "nothing copied");
    ran("check", "--read-data", to, "--passphrase-file", toFile);
    assertThat(ran("cat", to, "orders", "--passphrase-file", toFile).out())
        .isEqualTo(ran("cat", from, "orders", "--passphrase-file", fromFile).out());
    Database restored = Database.missing();
    ran("restore", "-q", "--create", to, restored.uri(), "--passphrase-file", toFile);
    assertThat(restored.fingerprint("orders")).isEqualTo(shop.fingerprint("orders"));
  }

  @Test
  void theWrongOneOfEitherSideIsTold() {
    for (Invocation refused :
        List.of(
            copy("--passphrase-file", toFile, "--target-passphrase-file", toFile),
            copy("--passphrase-file", fromFile, "--target-passphrase-file", fromFile),
            copy("--passphrase-file", fromFile),
            copy("--target-passphrase-file", toFile))) {
      assertThat(refused.status()).as(refused.err()).isEqualTo(12);
      assertThat(refused.errorLines()).as(refused.err()).hasSize(2);
      assertThat(refused.err()).doesNotContain(FROM, TO);
    }
    assertThat(folder.resolve("to/snapshots")).doesNotExist();
    assertThat(folder.resolve("to/volumes")).doesNotExist();
  }
}
