package dev.godwit.storage.sftp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.godwit.spi.storage.Storage;
import dev.godwit.testkit.server.Relay;
import dev.godwit.testkit.server.sftp.SftpServer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How often a server that is far away is waited for. */
class SftpRequestsTest {
  private static final int FOLDERS = 40;

  /** So many folders are asked for before the first of them is listed. */
  private static final int TOGETHER = 6;

  @TempDir Path folder;

  private final CountDownLatch together = new CountDownLatch(TOGETHER);
  private final AtomicBoolean alone = new AtomicBoolean();

  private void listed(Path listed) {
    if (!listed.toString().contains("volumes/") || alone.get()) {
      return;
    }
    together.countDown();
    try {
      if (!together.await(1, TimeUnit.MINUTES)) {
        alone.set(true);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void foldersAreListedBesideEachOther() throws IOException {
    Path root = Files.createDirectory(folder.resolve("root"));
    for (int i = 0; i < FOLDERS; i++) {
      Path one = Files.createDirectories(root.resolve("vault/volumes/" + (10 + i)));
      Files.createFile(one.resolve("a"));
      Files.createFile(one.resolve("b"));
    }
    try (SftpServer server = SftpServer.startTelling(root, this::listed);
        Storage storage = Places.open(server, folder, server.port(), "vault");
        Stream<Storage.StoredFile> files = storage.list("")) {
      assertThat(files.map(Storage.StoredFile::path))
          .hasSize(2 * FOLDERS)
          .contains("volumes/10/a", "volumes/49/b")
          .doesNotHaveDuplicates();
    }
    assertThat(alone).as("listed one after another").isFalse();
  }

  /** One way to open it, one to read, to learn that this was all, and to close it. */
  @Test
  void aSmallFileIsReadInTwoWaysToTheServerAndBack() throws IOException {
    byte[] small = "a manifest".getBytes(StandardCharsets.UTF_8);
    try (SftpServer server = SftpServer.start(Files.createDirectory(folder.resolve("root")));
        Relay relay = new Relay(server.port());
        Storage storage = Places.open(server, folder, relay.port(), "vault")) {
      server.writeKnownHosts(folder.resolve("known-" + relay.port()), relay.port());
      storage.replace("small", small);
      ByteBuffer into = ByteBuffer.allocate(64 << 10);
      assertThat(storage.read("small", 0, into)).isEqualTo(small.length);
      relay.answerAfter(Duration.ofMillis(100)); // what is sent before counts as one question
      long before = relay.questions();
      int times = 5;
      for (int i = 0; i < times; i++) {
        assertThat(storage.read("small", 0, into.clear())).isEqualTo(small.length);
      }
      assertThat(relay.questions() - before).isLessThan(3L * times);
    }
  }
}
