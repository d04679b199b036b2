package dev.godwit.cli.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.godwit.cli.Invocation;
import dev.godwit.testkit.server.s3.Fault;
import dev.godwit.testkit.server.s3.FaultyNetwork;
import dev.godwit.testkit.server.s3.S3Server;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Backups to a bucket, and back, over a network and a server that fail now and then. */
class FaultyBucketTest {
  private static final Fault NONE = new Fault.None();
  private S3Server server;
  private FaultyNetwork network;
  private String vault;
  private Database shop;

  @BeforeEach
  void start() throws Exception {
    System.setProperty("aws.accessKeyId", S3Server.KEY);
    System.setProperty("aws.secretAccessKey", S3Server.SECRET);
    System.setProperty("aws.disableEc2Metadata", "true");
    server = S3Server.start();
    network = new FaultyNetwork(server.port());
    vault = "s3://" + server.bucket() + "/shop?path-style=true&endpoint=" + network.endpoint();
    shop = Database.withShop();
  }

  @AfterEach
  void stop() {
    System.clearProperty("aws.accessKeyId");
    System.clearProperty("aws.secretAccessKey");
    network.close();
    server.close();
  }

  private static void done(String... arguments) {
    Invocation done = Invocation.of(arguments);
    assertThat(done.status()).as("%s", done.err()).isZero();
  }

  /** But none so often that the client gives up: several threads ask, and one may have no luck. */
  @Test
  void everyFourthRequestMayFail() {
    AtomicInteger count = new AtomicInteger();
    Map<String, Integer> struck = new ConcurrentHashMap<>();
    network.rule(
        asked -> {
          int turn = count.incrementAndGet() % 12;
          if (turn % 4 != 3 || struck.merge(asked.toString(), 1, Integer::sum) % 5 == 0) {
            return NONE;
          }
          return switch (turn) {
            case 3 -> new Fault.Answered(503, "SlowDown");
            case 7 -> new Fault.AnswerLost();
            default -> new Fault.Denied(500, "InternalError");
          };
        });
    done("backup", "--init", shop.uri(), vault);
    done("check", "--read-data", vault);
    Database copy = Database.missing();
    done("restore", "--create", vault, copy.uri());
    assertThat(copy.fingerprint("orders")).isEqualTo(shop.fingerprint("orders"));
    assertThat(count).hasValueGreaterThan(24);
  }

  @Test
  void blocksThatAreBentOnTheirWayAreReadAgain() {
    done("backup", "--init", shop.uri(), vault);
    AtomicInteger struck = new AtomicInteger();
    network.rule(
        asked ->
            asked.is("GET", "/volumes/") && struck.getAndIncrement() == 0
                ? new Fault.AnswerBent()
                : NONE);
    Database copy = Database.missing();
    done("restore", "--create", vault, copy.uri());
    assertThat(struck).hasValueGreaterThan(1);
    assertThat(copy.fingerprint("orders")).isEqualTo(shop.fingerprint("orders"));
  }

  @Test
  void aBucketThatCannotBeWrittenLeavesNoSnapshot() {
    done("init", vault);
    network.rule(
        asked -> asked.is("PUT", "/volumes/") ? new Fault.Answered(403, "AccessDenied") : NONE);
    Invocation backup = Invocation.of("backup", shop.uri(), vault);
    assertThat(backup.status()).isEqualTo(1);
    assertThat(backup.err()).contains("cannot write volumes/", "permission denied");
    network.rule(asked -> NONE);
    assertThat(Invocation.of("list", vault).err()).doesNotContain("COMPLETE");
    done("check", vault);
    done("backup", shop.uri(), vault);
  }
}
