package dev.godwit.cli.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.godwit.cli.Invocation;
import dev.godwit.spi.storage.Storage;
import dev.godwit.testkit.server.s3.Fault;
import dev.godwit.testkit.server.s3.FaultyNetwork;
import dev.godwit.testkit.server.s3.S3Server;
import dev.godwit.vault.Places;
import dev.godwit.vault.Vault;
import dev.godwit.vault.file.UserFolders;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * A bucket with a thousand snapshots, far away: listing them asks for each once, many at once, and
 * from then on for none of them again; whoever comes after the next backup asks for its bundle.
 */
class ManySnapshotsFarAwayTest {
  private static final int SNAPSHOTS = 1000;

  /** So many manifests are asked for before the first of them is answered. */
  private static final int TOGETHER = 16;

  private static final DateTimeFormatter NAME =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss.SSS'Z'").withZone(ZoneOffset.UTC);

  @Test
  void theyAreAskedForTogetherAndOnce() throws Exception {
    System.setProperty("aws.accessKeyId", S3Server.KEY);
    System.setProperty("aws.secretAccessKey", S3Server.SECRET);
    System.setProperty("aws.disableEc2Metadata", "true");
    try (S3Server server = S3Server.start();
        FaultyNetwork network = new FaultyNetwork(server.port())) {
      String vault =
          "s3://" + server.bucket() + "/shop?path-style=true&endpoint=" + network.endpoint();
      String shop = Database.withShop().uri();
      Invocation backup = Invocation.of("backup", "--init", shop, vault);
      assertThat(backup.status()).as("%s", backup.err()).isZero();
      fill(server.uri("shop"));

      AtomicInteger asked = new AtomicInteger();
      CountDownLatch together = new CountDownLatch(TOGETHER);
      AtomicBoolean alone = new AtomicBoolean();
      network.rule(
          request -> {
            asked.incrementAndGet();
            if (request.is("GET", "/snapshots/") && !alone.get()) {
              together.countDown();
              alone.compareAndSet(false, !awaited(together));
            }
            return new Fault.None();
          });
      assertListed(vault, SNAPSHOTS);
      assertThat(asked.getAndSet(0)).isBetween(SNAPSHOTS, SNAPSHOTS + 10);
      assertThat(alone).as("asked for one after another").isFalse();
      assertListed(vault, SNAPSHOTS);
      assertThat(asked.getAndSet(0)).isLessThan(10);

      Invocation another = Invocation.of("backup", shop, vault);
      assertThat(another.status()).as("%s", another.err()).isZero();
      forget(server.uri("shop"));
      asked.set(0);
      assertListed(vault, SNAPSHOTS + 1);
      assertThat(asked).hasValueLessThan(10);
    } finally {
      System.clearProperty("aws.accessKeyId");
      System.clearProperty("aws.secretAccessKey");
    }
  }

  private static boolean awaited(CountDownLatch together) {
    try {
      return together.await(1, TimeUnit.MINUTES);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private static void assertListed(String vault, int snapshots) {
    Invocation list = Invocation.of("list", vault);
    assertThat(list.status()).as("%s", list.err()).isZero();
    assertThat(list.out().lines()).hasSize(snapshots + 1);
  }

  /** As on a host that never saw the vault. */
  private static void forget(String vault) throws Exception {
    try (Storage storage = Places.open(vault)) {
      String id = Vault.open(storage).id();
      Path near = UserFolders.caches(System.getenv()).orElseThrow().resolve(id);
      try (Stream<Path> files = Files.list(near)) {
        for (Path file : (Iterable<Path>) files::iterator) {
          Files.delete(file);
        }
      }
    }
  }

  /** Puts the one manifest there again and again, each sealed a second later. */
  private static void fill(String vault) throws Exception {
    try (Storage storage = Places.open(vault)) {
      String path;
      try (Stream<Storage.StoredFile> files = storage.list("snapshots")) {
        path = files.findFirst().orElseThrow().path();
      }
      ByteBuffer bytes = ByteBuffer.allocate((int) storage.stat(path).size());
      storage.read(path, 0, bytes);
      String manifest = new String(bytes.array(), StandardCharsets.UTF_8);
      Instant first = Instant.now().truncatedTo(ChronoUnit.MILLIS).plusSeconds(10);
      IntStream.range(1, SNAPSHOTS)
          .parallel()
          .forEach(
              i -> {
                Instant finished = first.plusSeconds(i);
                byte[] copy =
                    manifest
                        .replaceAll(
                            "\"finished\" : \"[^\"]*\"", "\"finished\" : \"" + finished + '"')
                        .getBytes(StandardCharsets.UTF_8);
                try {
                  String id =
                      HexFormat.of()
                          .formatHex(MessageDigest.getInstance("SHA-256").digest(copy), 0, 8);
                  String name = "snapshots/" + NAME.format(finished) + '-' + id + ".json";
                  assertThat(storage.createIfAbsent(name, copy)).isTrue();
                } catch (Exception e) {
                  throw new IllegalStateException(e);
                }
              });
    }
  }
}
