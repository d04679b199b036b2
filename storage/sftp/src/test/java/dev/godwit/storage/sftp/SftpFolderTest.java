package dev.godwit.storage.sftp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.godwit.spi.storage.Storage;
import dev.godwit.testkit.contract.StorageContract;
import dev.godwit.testkit.server.sftp.SftpServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SftpFolderTest extends StorageContract {
  @TempDir static Path folder;
  private static SftpServer server;
  private String path;

  @BeforeAll
  static void start() throws IOException {
    server = SftpServer.start(Files.createDirectory(folder.resolve("root")));
  }

  @AfterAll
  static void stop() throws IOException {
    server.close();
  }

  @Override
  protected Storage openEmpty() throws IOException {
    path = "srv/" + UUID.randomUUID();
    return openAgain();
  }

  @Override
  protected Storage openAgain() throws IOException {
    return Places.open(server, folder, server.port(), path);
  }

  /** Of a vault that was not made after all nothing is left. */
  @Test
  void foldersThatNoFileCameIntoGoAgain() throws IOException {
    path = "new/" + UUID.randomUUID();
    try (Storage unused = openAgain()) {
      assertThat(unused.now()).isNotNull();
      assertThat(folder.resolve("root").resolve(path)).isDirectory();
    }
    assertThat(folder.resolve("root/new")).doesNotExist();
    try (Storage used = openAgain()) {
      assertThat(used.createIfAbsent("vault.json", new byte[1])).isTrue();
    }
    assertThat(folder.resolve("root").resolve(path).resolve("vault.json")).exists();
  }
}
