package dev.godwit.storage.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.godwit.spi.error.GodwitException;
import dev.godwit.spi.storage.StorageWriter;
import dev.godwit.testkit.server.s3.Fault;
import dev.godwit.testkit.server.s3.FaultyNetwork;
import dev.godwit.testkit.server.s3.S3Server;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is asked of a server, and how one is used that does not know all of it. */
class S3RequestsTest {
  private static final Fault NONE = new Fault.None();
  private static final byte[] CONTENT = {1, 2, 3};
  private S3Server server;
  private FaultyNetwork network;

  @BeforeEach
  void start() throws IOException {
    Places.login();
    server = S3Server.startOpen();
    network = new FaultyNetwork(server.port());
  }

  @AfterEach
  void stop() {
    network.close();
    server.close();
  }

  private S3Storage open(String more) {
    return Places.open(server.bucket(), UUID.randomUUID().toString(), network.endpoint(), more);
  }

  private Map<String, String> headersOf(String path) {
    return network.seen().stream()
        .filter(asked -> asked.is("PUT", path))
        .findFirst()
        .orElseThrow()
        .headers();
  }

  @Test
  void whatTheAddressAsksForIsAskedOfTheServer() throws IOException {
    network.rule(asked -> asked.is("PUT", "") ? new Fault.Answered(200, "") : NONE);
    try (S3Storage storage =
            open(
                "&storage-class=STANDARD_IA&sse=aws:kms&sse-kms-key=a-key&object-lock=compliance:9d");
        StorageWriter volume = storage.create("volumes/v")) {
      volume.write(ByteBuffer.wrap(CONTENT));
      volume.commit();
      storage.replace("locks/l", CONTENT);
    }
    assertThat(headersOf("volumes/v"))
        .containsEntry("x-amz-storage-class", "STANDARD_IA")
        .containsEntry("x-amz-server-side-encryption", "aws:kms")
        .containsEntry("x-amz-server-side-encryption-aws-kms-key-id", "a-key")
        .containsEntry("x-amz-object-lock-mode", "COMPLIANCE")
        .containsKeys(
            "x-amz-object-lock-retain-until-date", "content-md5", "x-amz-checksum-crc32c");
    assertThat(headersOf("locks/l"))
        .containsEntry("x-amz-server-side-encryption", "aws:kms")
        .doesNotContainKeys("x-amz-object-lock-mode", "x-amz-storage-class");
  }

  @Test
  void anObjectLockThatMakesNoSenseIsRefused() {
    assertThatThrownBy(() -> open("&object-lock=forever"))
        .isInstanceOf(GodwitException.class)
        .hasMessageContaining("object-lock=forever");
  }

  @Test
  void partsAreSentBesideEachOtherAndNotTooMany() throws Exception {
    CountDownLatch together = new CountDownLatch(2);
    AtomicInteger now = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    network.rule(
        asked -> {
          if (asked.is("PUT", "partNumber")) {
            most.accumulateAndGet(now.incrementAndGet(), Math::max);
            together.countDown();
            await(together);
            now.decrementAndGet();
          }
          return NONE;
        });
    try (S3Storage storage = open("");
        StorageWriter writer = storage.create("volumes/v")) {
      byte[] piece = new byte[8 << 20];
      for (int i = 0; i < 10; i++) {
        writer.write(ByteBuffer.wrap(piece));
      }
      writer.commit();
      assertThat(storage.stat("volumes/v").size()).isEqualTo(80L << 20);
    }
    assertThat(together.getCount()).isZero();
    assertThat(most).hasValueBetween(2, 4);
  }

  private static void await(CountDownLatch latch) {
    try {
      boolean unused = latch.await(5, TimeUnit.MINUTES);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void createsOnlyWhatIsMissing() throws IOException {
    try (S3Storage storage = open("")) {
      assertThat(storage.createIfAbsent("a", CONTENT)).isTrue();
      assertThat(storage.createIfAbsent("a", CONTENT)).isFalse();
      assertThat(storage.createIfAbsent("b", CONTENT)).isTrue();
      assertThat(storage.createIfAbsent("b", CONTENT)).isFalse();
    }
  }

  @Test
  void aServerThatIgnoresConditionsIsLookedAtBefore() throws IOException {
    network.rule(asked -> asked.is("PUT", "") ? new Fault.Unheard("if-none-match") : NONE);
    createsOnlyWhatIsMissing();
  }

  @Test
  void aServerThatRefusesConditionsIsLookedAtBefore() throws IOException {
    network.rule(
        asked ->
            asked.headers().containsKey("if-none-match")
                ? new Fault.Answered(501, "NotImplemented")
                : NONE);
    createsOnlyWhatIsMissing();
  }

  @Test
  void anUploadThatIsGoneBecauseItSucceededCounts() throws IOException {
    AtomicInteger completions = new AtomicInteger();
    network.rule(
        asked -> {
          if (!asked.is("POST", "uploadId")) {
            return NONE;
          }
          return completions.getAndIncrement() == 0
              ? new Fault.AnswerLost()
              : new Fault.Answered(404, "NoSuchUpload");
        });
    try (S3Storage storage = open("");
        StorageWriter writer = storage.create("volumes/v")) {
      writer.write(ByteBuffer.allocate(9 << 20));
      writer.commit();
      assertThat(storage.stat("volumes/v").size()).isEqualTo(9L << 20);
    }
    assertThat(completions).hasValue(2);
  }
}
