package dev.godwit.storage.sftp;

import dev.godwit.spi.storage.Storage;
import dev.godwit.testkit.contract.StorageContract;
import dev.godwit.testkit.server.sftp.SftpServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** The same contract over the program that serves files where OpenSSH is installed. */
class OpenSshFolderTest extends StorageContract {
  @TempDir static Path folder;
  private static SftpServer server;
  private String path;

  @BeforeAll
  static void start() throws IOException {
    Optional<Path> program =
        Stream.concat(
                Stream.ofNullable(System.getenv("GODWIT_TEST_SFTP_SERVER")),
                Stream.of("/usr/lib/openssh/sftp-server", "/usr/libexec/openssh/sftp-server"))
            .map(Path::of)
            .filter(Files::isExecutable)
            .findFirst();
    if (program.isEmpty()) {
      String why = "no sftp-server of OpenSSH here: name one with GODWIT_TEST_SFTP_SERVER";
      if ("true".equals(System.getenv("CI"))) {
        throw new IllegalStateException(why);
      }
      System.err.println("SKIPPED: " + why);
      Assumptions.abort(why);
    }
    server = SftpServer.startOver(program.orElseThrow());
  }

  @AfterAll
  static void stop() throws IOException {
    if (server != null) {
      server.close();
    }
  }

  @Override
  protected Storage openEmpty() throws IOException {
    path = folder.toAbsolutePath().toString().substring(1) + '/' + UUID.randomUUID();
    return openAgain();
  }

  @Override
  protected Storage openAgain() throws IOException {
    return Places.open(server, folder, server.port(), path);
  }
}
