package dev.godwit.storage.sftp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.godwit.spi.error.GodwitException;
import dev.godwit.spi.storage.Storage;
import dev.godwit.spi.storage.StorageWriter;
import dev.godwit.spi.store.Options;
import dev.godwit.spi.store.PasswordSource;
import dev.godwit.spi.store.StoreAddress;
import dev.godwit.spi.store.StoreUri;
import dev.godwit.testkit.server.Relay;
import dev.godwit.testkit.server.sftp.SftpServer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Connections that break, servers that are not who they should be, logins that are refused. */
class SftpFaultsTest {
  @TempDir Path folder;
  private SftpServer server;
  private Path known;

  @BeforeEach
  void start() throws IOException {
    server = SftpServer.start(Files.createDirectory(folder.resolve("root")));
    known = folder.resolve("known");
    server.writeKnownHosts(known, server.port());
  }

  @AfterEach
  void stop() throws IOException {
    server.close();
  }

  private static byte[] big() {
    byte[] big = new byte[20 << 20];
    for (int i = 0; i < big.length; i++) {
      big[i] = (byte) (i * 31 + (i >> 13));
    }
    return big;
  }

  @Test
  void aWriteGoesOnOverANewConnection() throws IOException {
    byte[] big = big();
    try (Storage storage = Places.open(server, folder, server.port(), "vault");
        StorageWriter writer = storage.create("volumes/big")) {
      for (int at = 0; at < big.length; at += 1 << 20) {
        if (at % (6 << 20) == 0) {
          server.dropSessions();
        }
        writer.write(ByteBuffer.wrap(big, at, 1 << 20));
      }
      server.dropSessions();
      writer.commit();
      server.dropSessions();
      ByteBuffer into = ByteBuffer.allocate(big.length);
      assertThat(storage.read("volumes/big", 0, into)).isEqualTo(big.length);
      assertThat(Arrays.equals(into.array(), big)).isTrue();
      try (var files = storage.list("")) {
        assertThat(files.map(Storage.StoredFile::path)).containsExactly("volumes/big");
      }
    }
  }

  @Test
  void aReadThatIsCutIsDoneAgain() throws IOException {
    byte[] big = big();
    Path vault = Files.createDirectories(folder.resolve("root/vault"));
    Files.write(vault.resolve("big"), big);
    try (Relay broken = new Relay(server.port())) {
      broken.breakAfter(9_000_000);
      server.writeKnownHosts(known, broken.port());
      assertThatThrownBy(
              () -> {
                try (Storage storage = Places.open(server, folder, broken.port(), "vault")) {
                  storage.read("big", 0, ByteBuffer.allocate(big.length));
                }
              })
          .isInstanceOf(IOException.class)
          .message()
          .hasLineCount(1);
    }
    try (Storage storage = Places.open(server, folder, server.port(), "vault")) {
      ByteBuffer into = ByteBuffer.allocate(big.length);
      assertThat(storage.read("big", 0, into)).isEqualTo(big.length);
      assertThat(Arrays.equals(into.array(), big)).isTrue();
    }
  }

  @Test
  void aFileSystemWithoutHardLinksTakesANameOnceAllTheSame() throws IOException {
    byte[] first = "first".getBytes(StandardCharsets.UTF_8);
    try (SftpServer fat = SftpServer.startWithoutLinks(folder.resolve("root"));
        Storage storage = Places.open(fat, folder, fat.port(), "vault")) {
      assertThat(storage.createIfAbsent("a/b", first)).isTrue();
      assertThat(storage.createIfAbsent("a/b", new byte[100])).isFalse();
      assertThat(Files.readAllBytes(folder.resolve("root/vault/a/b"))).isEqualTo(first);
      try (var files = storage.list("")) {
        assertThat(files.map(Storage.StoredFile::path)).containsExactly("a/b");
      }
    }
  }

  private GodwitException refusal(String options, String password) {
    try (Storage storage = Places.open(server.port(), "vault", options, password)) {
      Storage.StoredFile unused = storage.stat("vault.json");
      throw new AssertionError("nothing was refused");
    } catch (GodwitException e) {
      return e;
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void aServerThatIsNotKnownIsRefused() throws IOException {
    Path none = folder.resolve("none");
    GodwitException e = refusal("agent=none&known-hosts=" + none, SftpServer.PASSWORD);
    assertThat(e).hasMessageContaining("is not among the known hosts: SHA256:");
    assertThat(e.hint().orElse("")).contains("ssh-keyscan -p " + server.port() + " 127.0.0.1");
    assertThat(none).doesNotExist();
  }

  /** Lines for this server that make no sense. */
  private String noLines() {
    return """
        lonely
        HOST ssh-ed25519 no-base64-!!
        HOST ssh-rsa AAAAB3NzaC1yc2EAAAAD
        @revoked HOST ssh-ed25519 AAAA
        |1|no base64|at all ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIA==
        \u00ff\u0000 \u00e9
        """
        .replace("HOST", "[127.0.0.1]:" + server.port());
  }

  /** As OpenSSH does; whose key stands in another line is known all the same. */
  @Test
  void linesOfKnownHostsThatMakeNoSenseArePassedOver() throws IOException {
    String line = Files.readString(known);
    Files.writeString(known, noLines() + line + noLines(), StandardCharsets.ISO_8859_1);
    logsIn("&agent=none", SftpServer.PASSWORD);
  }

  @Test
  void noHostIsKnownByALineThatMakesNoSense() throws IOException {
    Files.writeString(known, "# a comment\n\n" + noLines(), StandardCharsets.ISO_8859_1);
    GodwitException e = refusal("agent=none&known-hosts=" + known, SftpServer.PASSWORD);
    assertThat(e).hasMessageContaining("is not among the known hosts: SHA256:");
    assertThat(e.hint().orElse(""))
        .endsWith("; line 3 of " + known + " and 5 more cannot be read and were passed over");
  }

  @Test
  void aServerWithAnotherKeyIsRefused() throws IOException {
    SftpServer.writeOtherKey(known, server.port());
    GodwitException e = refusal("agent=none&known-hosts=" + known, SftpServer.PASSWORD);
    assertThat(e).hasMessageContaining("has another key than is known");
    assertThat(e.hint().orElse(""))
        .contains("'ssh-keygen -R [127.0.0.1]:" + server.port() + " -f " + known + "'");
  }

  @Test
  void aWrongPasswordIsRefusedWithoutBeingShown() {
    GodwitException e = refusal("agent=none&known-hosts=" + known, "no-such-password");
    assertThat(e).hasMessageContaining("refused the login of godwit");
    assertThat(e.getMessage() + e.hint().orElse("")).doesNotContain("no-such-password");
  }

  @Test
  void aFileAboveTheVaultIsToldInOneLine() throws IOException {
    Files.createFile(folder.resolve("root/file"));
    try (Storage storage = Places.open(server, folder, server.port(), "file")) {
      assertThatThrownBy(() -> storage.stat("vault.json"))
          .isInstanceOf(IOException.class)
          .message()
          .hasLineCount(1);
    }
  }

  @Test
  void aHostThatIsNotThereIsToldAsSuch() throws IOException {
    StoreUri uri = StoreUri.parse("sftp://no-such-host.invalid/vault?known-hosts=" + known);
    SftpStorageProvider provider = new SftpStorageProvider();
    StoreAddress address =
        new StoreAddress(uri, Options.bind(provider.options(), uri), PasswordSource.NONE);
    try (Storage storage = provider.open(address, "work/a")) {
      assertThatThrownBy(() -> storage.stat("vault.json"))
          .hasMessage(
              "cannot reach the SFTP server no-such-host.invalid:22: there is no such host");
    }
  }

  private void logsIn(String options, String password) throws IOException {
    try (Storage storage =
        Places.open(server.port(), "vault", "known-hosts=" + known + options, password)) {
      storage.replace("a", "1".getBytes(StandardCharsets.UTF_8));
      assertThat(storage.stat("a").size()).isEqualTo(1);
    }
  }

  @Test
  void logsInWithAKeyFile() throws IOException {
    Path key = folder.resolve("key");
    server.writeKey(key, "");
    logsIn("&agent=none&identity=" + key, "");
  }

  @Test
  void logsInWithAKeyFileThatIsEncrypted() throws IOException {
    Path key = folder.resolve("key");
    server.writeKey(key, "a passphrase");
    logsIn("&agent=none&identity=" + key, "a passphrase");
  }

  @Test
  void logsInWithAnAgent() throws Exception {
    Path key = folder.resolve("key");
    server.writeKey(key, "");
    Files.setPosixFilePermissions(
        key, java.nio.file.attribute.PosixFilePermissions.fromString("rw-------"));
    Path socket = folder.resolve("agent");
    Process agent = new ProcessBuilder("ssh-agent", "-D", "-a", socket.toString()).start();
    try {
      agent.inputReader().readLine(); // it prints its socket once it listens
      ProcessBuilder add = new ProcessBuilder("ssh-add", key.toString()).redirectErrorStream(true);
      add.environment().put("SSH_AUTH_SOCK", socket.toString());
      assertThat(add.start().waitFor()).isZero();
      logsIn("&agent=" + socket, "");
    } finally {
      agent.destroy();
      agent.waitFor();
    }
  }
}
