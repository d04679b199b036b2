package dev.godwit.cli.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.godwit.cli.Invocation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Keys of vaults through the command line: how they come and go, and what opens what. */
class VaultKeysTest {
  private static final String PHRASE = "pässword of the vault";
  private static final Map<String, String> PHRASE_GIVEN = Map.of("GODWIT_VAULT_PASSPHRASE", PHRASE);

  private static final Map<String, String> PHRASE_GIVEN_NEW =
      Map.of("GODWIT_VAULT_NEW_PASSPHRASE", PHRASE);

  @TempDir Path folder;
  private String identity;
  private String recipient;
  private String vault;
  private String writer;

  @BeforeEach
  void makeVault() {
    identity = in("mine.identity");
    recipient = ran("key", "new", identity).out().strip();
    vault = in("vault");
    writer = in("writer.key");
    ran("init", "-q", vault, "--recipient", recipient, "--writer-key", writer);
  }

  private String in(String name) {
    return folder.resolve(name).toString();
  }

  private static Invocation ran(String... arguments) {
    return ran(Map.of(), arguments);
  }

  private static Invocation ran(Map<String, String> environment, String... arguments) {
    Invocation done = Invocation.in(environment, arguments);
    assertThat(done.status()).as(done.err()).isZero();
    return done;
  }

  static void refused(int status, String message, Invocation done) {
    assertThat(done.errorLines()).as(done.err()).hasSize(2);
    assertThat(done.errorLines().get(0)).startsWith("godwit: ").contains(message);
    assertThat(done.errorLines().get(1)).startsWith("hint: ");
    assertThat(done.out()).isEmpty();
    assertThat(done.status()).isEqualTo(status);
  }

  private List<String> keys() {
    return ran("key", "list", vault).out().lines().skip(1).map(l -> l.substring(0, 16)).toList();
  }

  @Test
  void anIdentityIsForItsOwnerAloneAndNeverWrittenOverAFile() throws IOException {
    assertThat(recipient).matches("godwit1[0-9a-f]{72}");
    for (String file : List.of(identity, writer)) {
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(Path.of(file))))
          .isEqualTo("rw-------");
    }
    byte[] before = Files.readAllBytes(Path.of(identity));
    refused(1, "there already", Invocation.of("key", "new", identity));
    assertThat(Files.readAllBytes(Path.of(identity))).isEqualTo(before);
    assertThat(Files.readString(Path.of(identity))).contains("# recipient: " + recipient);
  }

  @Test
  void eachWayOfGivingAKeyOpensTheVault() {
    ran("list", vault, "--identity", identity);
    ran("list", vault, "--writer-key", writer);
    ran(Map.of("GODWIT_VAULT_IDENTITY", identity), "list", vault);
    ran(Map.of("GODWIT_VAULT_WRITER_KEY", writer), "list", vault);
    ran(PHRASE_GIVEN, "init", in("other"), "--passphrase", "--writer-key", in("other.key"));
    ran(PHRASE_GIVEN, "list", in("other"));
    ran("list", in("other"), "--passphrase-command", "printf '%s\\n' '" + PHRASE + "'");
  }

  /** The environment of a host may name keys of other vaults than the one a command is for. */
  @Test
  void aFlagGoesAheadOfTheEnvironment() {
    ran(PHRASE_GIVEN, "init", in("other"), "--passphrase", "--writer-key", in("other.key"));
    Map<String, String> host = Map.of("GODWIT_VAULT_IDENTITY", identity);
    String command = "printf '%s\\n' '" + PHRASE + "'";
    ran(host, "audit", in("other"), "--passphrase-command", command);
    ran("backup", "-q", "--init", Database.withShop().uri(), in("copy"));
    ran(
        Map.of("GODWIT_TARGET_VAULT_IDENTITY", identity),
        "copy",
        in("copy"),
        in("other"),
        "--target-passphrase-command",
        command);
    refused(12, "the identity given is none", Invocation.in(host, "list", in("other")));
  }

  @Test
  void aWriterKeyIsFoundWhereItIsPutByItself() {
    Map<String, String> home = Map.of("HOME", in("home"));
    Invocation made = ran(home, "init", "-q", in("other"), "--recipient", recipient);
    assertThat(made.err()).isEmpty();
    assertThat(folder.resolve("home/.config/godwit/writers")).isDirectoryContaining("glob:**.key");
    ran(home, "list", in("other"));
    refused(12, "no key was given", Invocation.of("list", in("other")));
    refused(
        2,
        "nothing says where the vault's writer key",
        Invocation.of("init", in("third"), "--recipient", recipient));
    assertThat(folder.resolve("third/vault.json")).doesNotExist();
  }

  @Test
  void noKeyAndWrongKeysAreToldInOneLine() throws IOException {
    Invocation none = Invocation.of("list", vault);
    refused(12, "is encrypted, and no key was given", none);
    assertThat(none.err()).contains("--identity", "--writer-key", "passphrase");
    ran("key", "new", in("foreign.identity"));
    refused(
        12,
        "the identity given is none of those that open",
        Invocation.of("list", vault, "--identity", in("foreign.identity")));
    refused(12, "no passphrase opens", Invocation.in(PHRASE_GIVEN, "list", vault));
    refused(12, "is a writer key, no identity", Invocation.of("list", vault, "--identity", writer));
    refused(12, "is no writer key", Invocation.of("list", vault, "--writer-key", identity));
    refused(1, "no such file", Invocation.of("list", vault, "--identity", in("none")));
    String text = Files.readString(Path.of(identity));
    int at = text.indexOf("godwit-secret1") + 20;
    char bent = text.charAt(at) == '0' ? '1' : '0';
    Files.writeString(
        folder.resolve("bent"), text.substring(0, at) + bent + text.substring(at + 1));
    refused(12, "has a typing error", Invocation.of("list", vault, "--identity", in("bent")));
    ran("init", "-q", in("other"), "--recipient", recipient, "--writer-key", in("other.key"));
    refused(
        12, "is of another vault", Invocation.of("list", vault, "--writer-key", in("other.key")));
  }

  @Test
  void anotherPassphraseIsRefusedAndTheSameInAnotherFormIsTaken() throws IOException {
    String other = in("other");
    ran(PHRASE_GIVEN, "init", other, "--passphrase", "--writer-key", in("other.key"));
    refused(
        12,
        "the passphrase given does not open",
        Invocation.in(Map.of("GODWIT_VAULT_PASSPHRASE", "sesame"), "list", other));
    Path decomposed = folder.resolve("phrase");
    Files.writeString(decomposed, PHRASE.replace("ä", "a\u0308") + "\r\n");
    ran("list", other, "--passphrase-file", decomposed.toString());
  }

  /** Bytes that are no text are read as one letter, whatever they are: others would open it too. */
  @Test
  void bytesThatAreNoTextMakeNoPassphrase() throws IOException {
    Path random = folder.resolve("random");
    Files.write(random, new byte[] {'a', (byte) 0xFF, (byte) 0xFE, '\n'});
    for (Invocation tried :
        List.of(
            Invocation.of(
                "init",
                in("other"),
                "--passphrase-file",
                random.toString(),
                "--writer-key",
                in("other.key")),
            Invocation.of(
                "key",
                "add",
                vault,
                "--identity",
                identity,
                "--new-passphrase-file",
                random.toString()))) {
      refused(2, "the passphrase is no text in UTF-8", tried);
    }
    assertThat(folder.resolve("other/vault.json")).doesNotExist();
    assertThat(keys()).hasSize(1);
  }

  @Test
  void anEmptyPassphraseIsNone() throws IOException {
    Path empty = Files.writeString(folder.resolve("phrase"), "\n");
    for (Invocation tried :
        List.of(
            Invocation.in(
                Map.of("GODWIT_VAULT_PASSPHRASE", ""), "init", in("other"), "--passphrase"),
            Invocation.of("init", in("other"), "--passphrase-file", empty.toString()),
            Invocation.in(
                Map.of("GODWIT_VAULT_NEW_PASSPHRASE", ""),
                "key",
                "add",
                vault,
                "--passphrase",
                "--identity",
                identity))) {
      assertThat(tried.status()).as("%s", tried.err()).isNotZero();
      assertThat(tried.err()).containsAnyOf("passphrase is empty", "gave no passphrase");
    }
    assertThat(folder.resolve("other")).doesNotExist();
    assertThat(ran("key", "list", vault).out()).doesNotContain("passphrase");
    assertThat(ran("key", "list", vault).err()).contains("not proven: so says vault.json");
    assertThat(ran("key", "list", "--json", vault).out()).contains("\"proven\" : false");
  }

  @Test
  void keysComeAndGo() throws IOException {
    ran("key", "new", in("second.identity"));
    String second = Files.readString(folder.resolve("second.identity"));
    String recipientOfSecond = second.replaceAll("(?s).*# recipient: (\\S+).*", "$1");
    ran("key", "add", vault, "--recipient", recipientOfSecond, "--identity", identity);
    ran("list", vault, "--identity", in("second.identity"));
    refused(
        1,
        "opens",
        Invocation.of("key", "add", vault, "--recipient", recipient, "--identity", identity));
    ran(PHRASE_GIVEN_NEW, "key", "add", vault, "--passphrase", "--identity", in("second.identity"));
    ran(PHRASE_GIVEN, "list", vault);
    List<String> three = keys();
    assertThat(three).hasSize(3);

    Invocation removed = ran(PHRASE_GIVEN, "key", "remove", vault, three.get(0).substring(0, 9));
    assertThat(removed.err()).contains("still reads");
    refused(12, "the identity given", Invocation.of("list", vault, "--identity", identity));
    ran("list", vault, "--writer-key", writer);
    refused(2, "no key", Invocation.in(PHRASE_GIVEN, "key", "remove", vault, three.get(0)));
    ran(PHRASE_GIVEN, "key", "remove", vault, three.get(1));
    refused(1, "the last key", Invocation.in(PHRASE_GIVEN, "key", "remove", vault, three.get(2)));
    assertThat(keys()).containsExactly(three.get(2));
    refused(
        12,
        "a writer key reads nothing",
        Invocation.of("key", "add", vault, "--recipient", recipient, "--writer-key", writer));
  }

  /** Editors of Windows put a mark ahead of a text that nobody sees; it was a part of it once. */
  @Test
  void aByteOrderMarkIsNoPartOfAPassphraseAndOpensWhatWasMadeWithIt() throws IOException {
    String marked = "\uFEFF" + PHRASE;
    String file = Files.writeString(folder.resolve("marked"), marked + "\r\n").toString();
    ran(
        "init",
        "-q",
        in("new"),
        "--passphrase",
        "--passphrase-file",
        file,
        "--writer-key",
        in("a"));
    ran(PHRASE_GIVEN, "list", in("new"));
    ran("list", in("new"), "--passphrase-file", file);

    Map<String, String> asItWas = Map.of("GODWIT_VAULT_PASSPHRASE", marked);
    ran(asItWas, "init", "-q", in("old"), "--passphrase", "--writer-key", in("b"));
    ran("list", in("old"), "--passphrase-file", file);
    ran("list", in("old"), "--passphrase-command", "cat '" + file + "'");
    refused(12, "the passphrase given", Invocation.in(PHRASE_GIVEN, "list", in("old")));
    ran("key", "add", in("old"), "--passphrase-file", file, "--new-passphrase-file", file);
    ran(PHRASE_GIVEN, "list", in("old"));
  }

  @Test
  void aPassphraseThatWouldBeCutIsRefused() throws IOException {
    String file = Files.writeString(folder.resolve("long"), "a".repeat(65537)).toString();
    refused(
        1,
        "gives more than 64 KiB",
        Invocation.of(
            "init", in("new"), "--passphrase", "--passphrase-file", file, "--writer-key", in("a")));
    assertThat(folder.resolve("new")).doesNotExist();
    refused(
        1,
        "the command of --new-passphrase-command gives more than 64 KiB",
        Invocation.of(
            "key", "add", vault, "--identity", identity, "--new-passphrase-command", "yes"));
    String most = Files.writeString(folder.resolve("most"), "a".repeat(65536) + "\n").toString();
    ran("init", "-q", in("most.vault"), "--passphrase-file", most, "--writer-key", in("b"));
  }

  @Test
  void anotherHostGetsAWriterKeyOfItsOwn() {
    String host = in("host.key");
    ran("key", "writer", vault, host, "--identity", identity);
    ran("list", vault, "--writer-key", host);
    assertThat(folder.resolve("vault/keys/writers").toFile().list()).hasSize(2);
    refused(
        1, "there already", Invocation.of("key", "writer", vault, host, "--identity", identity));
    refused(
        12,
        "a writer key reads nothing",
        Invocation.of("key", "writer", vault, in("third.key"), "--writer-key", writer));
  }

  /** Whose index is gone, this host's key does not know; that it is sound is not for it to say. */
  @Test
  void anIndexThatIsGoneIsNotCalledSoundByAnotherHost() throws IOException {
    ran("backup", "-q", "--writer-key", writer, Database.withShop().uri(), vault);
    String host = in("host.key");
    ran("key", "writer", vault, host, "--identity", identity);
    Invocation told = ran("repair", "--writer-key", host, vault);
    assertThat(told.out() + told.err()).contains("the index is sound");
    try (Stream<Path> files = Files.walk(folder.resolve("vault/index"))) {
      for (Path segment : files.filter(Files::isRegularFile).toList()) {
        Files.delete(segment);
      }
    }
    told = ran("repair", "--writer-key", host, vault);
    assertThat(told.out() + told.err())
        .contains("of other writers, or of no snapshot, that the index does not name")
        .doesNotContain("the index is sound");
    ran("repair", "--identity", identity, vault);
    told = ran("repair", "--writer-key", host, vault);
    assertThat(told.out() + told.err()).contains("the index is sound");
  }

  @Test
  void whoGivesKeysIsNotServedAPlainVault() {
    Database shop = Database.withShop();
    ran("init", "-q", in("plain"));
    for (List<String> given :
        List.of(List.of("--writer-key", writer), List.of("--init", "--recipient", recipient))) {
      List<String> line = new ArrayList<>(List.of("backup", shop.uri(), in("plain")));
      line.addAll(given);
      refused(12, "is not encrypted", Invocation.of(line.toArray(String[]::new)));
    }
    refused(
        2,
        "the new vault would be plain",
        Invocation.of("backup", "--init", shop.uri(), in("new"), "--writer-key", writer));
    refused(
        2, "for a vault that is made", Invocation.of("backup", shop.uri(), vault, "--passphrase"));
    refused(2, "would be plain", Invocation.in(PHRASE_GIVEN, "init", in("new")));
    assertThat(folder.resolve("new")).doesNotExist();
    refused(1, "has no keys", Invocation.of("key", "list", in("plain")));
    refused(10, "there is no vault at ", Invocation.of("key", "list", in("nowhere")));
  }

  /** A copy that is looked at in between takes nothing from what is known of the vault's place. */
  @Test
  void aPlainVaultIsToldAlsoAfterACopyWasSeenElsewhere() throws IOException {
    Map<String, String> home = Map.of("HOME", in("home"));
    String ours = in("ours");
    ran(home, "init", "-q", ours, "--recipient", recipient);
    ran(home, "list", ours);
    Files.move(folder.resolve("ours"), folder.resolve("copy"));
    ran(home, "check", in("copy"));
    ran("init", "-q", ours);
    refused(
        12,
        "is not encrypted, and was when it was seen last",
        Invocation.in(home, "backup", Database.withShop().uri(), ours));
  }

  @Test
  void anOlderListOfKeysAndAPlainVaultInThePlaceOfOursAreTold() throws IOException {
    Map<String, String> home = Map.of("HOME", in("home"));
    String ours = in("ours");
    ran(home, "init", "-q", ours, "--recipient", recipient);
    Path file = folder.resolve("ours/vault.json");
    byte[] older = Files.readAllBytes(file);
    ran(PHRASE_GIVEN_NEW, "key", "add", ours, "--passphrase", "--identity", identity);
    ran(home, "list", ours);
    Files.delete(file);
    Files.write(file, older);
    refused(12, "is older than the one that was seen last", Invocation.in(home, "list", ours));

    Database shop = Database.withShop();
    Files.move(folder.resolve("ours"), folder.resolve("elsewhere"));
    ran("init", "-q", ours);
    refused(
        12,
        "is not encrypted, and was when it was seen last",
        Invocation.in(home, "backup", shop.uri(), ours));
  }

  @Test
  void aSecretIsNeverRepeated() throws IOException {
    String secret =
        Files.readString(Path.of(identity)).replaceAll("(?s).*(godwit-secret1[0-9a-f]+).*", "$1");
    for (Invocation done :
        List.of(
            Invocation.of("init", in("new"), "--recipient", secret, "--debug"),
            Invocation.of("list", secret, "--debug"),
            Invocation.of("list", vault, "--identity", identity, "--debug"),
            Invocation.of("list", vault, "--passphrase-command", "echo sesame", "--debug"))) {
      assertThat(done.out() + done.err()).doesNotContain(secret, "sesame");
    }
    refused(
        2, "was given a secret identity", Invocation.of("init", in("new"), "--recipient", secret));
    refused(2, "cannot read --recipient", Invocation.of("init", in("new"), "--recipient", "me"));
    refused(
        2,
        "has a typing error",
        Invocation.of(
            "init",
            in("new"),
            "--recipient",
            recipient.substring(0, 78) + "x".replace("x", recipient.endsWith("0") ? "1" : "0")));
  }

  @Test
  void aWholeBackupWithAPassphraseIsProven() {
    Database shop = Database.withShop();
    String made = in("made");
    ran(
        PHRASE_GIVEN,
        "backup",
        "--init",
        "--passphrase",
        "--verify",
        "--writer-key",
        in("made.key"),
        shop.uri(),
        made);
    ran("backup", "-q", "--writer-key", in("made.key"), shop.uri(), made);
    ran(PHRASE_GIVEN, "check", "--read-data", made);
    ran(PHRASE_GIVEN, "restore", made, Database.empty().uri());
    refused(
        12,
        "nothing given reads the new vault",
        Invocation.of(
            "backup", "--init", "--verify", "--recipient", recipient, shop.uri(), in("third")));
  }
}
