package dev.godwit.cli.faults;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.godwit.testkit.server.PostgresServer;
import dev.godwit.testkit.server.s3.Fault;
import dev.godwit.testkit.server.s3.FaultyNetwork;
import dev.godwit.testkit.server.s3.S3Server;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** A backup to S3 is killed while it sends its third volume: the next one sends what is missing. */
class KilledBackupToBucketIT {
  private static final long VOLUME = 64L << 20;

  /** Two volumes: each ends before a block of some 4 MiB that would not fit. */
  private static final long LEAST = 2 * (VOLUME - (6 << 20));

  @Test
  void onlyWhatIsMissingIsSentAgain() throws Exception {
    PostgresServer server = PostgresServer.shared();
    String shop = server.createDatabase();
    // 200 MB that nothing compresses.
    server.execute(
        shop,
        "create table photos as select n, (select string_agg(sha256((n || '-' || k)::text::bytea),"
            + " ''::bytea) from generate_series(1, 2500) k) as data from generate_series(1, 2500) n");
    try (S3Server s3 = S3Server.start();
        FaultyNetwork network = new FaultyNetwork(s3.port());
        FaultyNetwork next = new FaultyNetwork(s3.port())) {
      Map<String, String> login =
          Map.of("AWS_ACCESS_KEY_ID", S3Server.KEY, "AWS_SECRET_ACCESS_KEY", S3Server.SECRET);
      String bucket = "s3://" + s3.bucket() + "/shop?path-style=true&endpoint=";
      AtomicLong sent = new AtomicLong();
      Set<String> begun = ConcurrentHashMap.newKeySet();
      Set<String> ending = ConcurrentHashMap.newKeySet();
      CountDownLatch whole = new CountDownLatch(2);
      CountDownLatch third = new CountDownLatch(1);
      CountDownLatch killed = new CountDownLatch(1);
      network.rule(
          asked -> {
            if (asked.is("DELETE", "/work/")) {
              whole.countDown(); // the note of an upload goes once the server has put it together
            }
            if (asked.is("PUT", "/volumes/")) {
              sent.addAndGet(asked.body().length);
              begun.add(path(asked));
              if (begun.size() == 3) {
                third.countDown();
              }
            }
            if (asked.is("POST", "uploadId")) {
              ending.add(path(asked));
              if (ending.size() == 3 && killed.getCount() > 0) {
                await(killed); // the third is never put together by the one that is killed
                return new Fault.Broken();
              }
            }
            return new Fault.None();
          });
      Launched backup = backUp(login, "-q", server.uri(shop), bucket + network.endpoint());
      assertThat(whole.await(10, TimeUnit.MINUTES)).as("two volumes lie there").isTrue();
      assertThat(third.await(10, TimeUnit.MINUTES)).as("sends a third").isTrue();
      backup.kill();
      killed.countDown();
      assertThat(backup.printed()).isEmpty();
      assertThat(sent).hasValueGreaterThan(LEAST);

      // Another way there: on the first, what the killed one has sent may still arrive.
      AtomicLong sentAgain = new AtomicLong();
      next.rule(
          asked -> {
            if (asked.is("PUT", "/volumes/")) {
              sentAgain.addAndGet(asked.body().length);
            }
            return new Fault.None();
          });
      String vault = bucket + next.endpoint();
      Launched again = backUp(login, "--json", server.uri(shop), vault);
      assertThat(again.status()).as("%s", again.printed()).isZero();
      assertThat(sentAgain).hasValueLessThan(200_000_000 - 2 * VOLUME + (16 << 20));
      TakenOver.in(again.printed()).hasBytes(LEAST, sentAgain.get());

      Launched list = Launched.in(login, "list", "--json", vault);
      assertThat(list.status()).isZero();
      JsonNode snapshots = new ObjectMapper().readTree(list.printed()).get("snapshots");
      assertThat(snapshots).hasSize(1);
      Launched check = Launched.in(login, "check", "--read-data", vault);
      assertThat(check.status()).as("%s", check.printed()).isZero();
      // What the killed one left is ended and gone.
      assertThat(next.seen()).anyMatch(asked -> asked.is("DELETE", "/volumes/"));
    }
  }

  private static String path(FaultyNetwork.Asked asked) {
    return asked.target().replaceAll("\\?.*", "");
  }

  private static void await(CountDownLatch latch) {
    try {
      boolean unused = latch.await(10, TimeUnit.MINUTES);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static Launched backUp(
      Map<String, String> login, String output, String store, String vault) throws Exception {
    return Launched.in(login, "backup", output, "--init", "--jobs", "2", store, vault);
  }
}
