package dev.godwit.storage.sftp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.godwit.spi.error.GodwitException;
import dev.godwit.spi.storage.Storage;
import dev.godwit.testkit.server.sftp.SftpServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Why a login by a file's key was refused is told, where the file is the reason. */
class KeyFilesTest {
  @TempDir Path folder;
  private SftpServer server;
  private Path known;
  private Path key;

  @BeforeEach
  void start() throws IOException {
    server = SftpServer.start(Files.createDirectory(folder.resolve("root")));
    known = folder.resolve("known");
    server.writeKnownHosts(known, server.port());
    key = folder.resolve("key");
  }

  @AfterEach
  void stop() throws IOException {
    server.close();
  }

  private void assertRefused(String password, String why) throws IOException {
    String options = "agent=none&known-hosts=" + known + "&identity=" + key;
    try (Storage storage = Places.open(server.port(), "vault", options, password)) {
      Storage.StoredFile unused = storage.stat("vault.json");
      throw new AssertionError("nothing was refused");
    } catch (GodwitException e) {
      assertThat(e).hasMessageEndingWith("refused the login of " + SftpServer.USER + why);
      assertThat(e.hint().orElse("")).contains("GODWIT_VAULT_PASSWORD");
    }
  }

  @Test
  void aPassphraseThatIsMissingOrWrongIsTold() throws IOException {
    server.writeKey(key, "a passphrase");
    assertRefused("", ": " + key + " is encrypted, and no passphrase was given");
    assertRefused("another", ": " + key + " is encrypted with another passphrase");
  }

  @Test
  void aFileThatHoldsNoPrivateKeyIsTold() throws IOException {
    Files.writeString(key, "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIA== a public one\n");
    assertRefused("", ": " + key + " holds no private key");
  }

  @Test
  void ofAKeyThatTheServerDoesNotKnowNothingMoreIsTold() throws IOException {
    try (SftpServer other = SftpServer.start(folder.resolve("root"))) {
      other.writeKey(key, "");
    }
    assertRefused("", "");
  }
}
