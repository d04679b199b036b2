package dev.godwit.loader.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.godwit.spi.load.LoadRun;
import dev.godwit.spi.load.Loader.Obstacle;
import dev.godwit.spi.load.RecordWriter.Commit;
import dev.godwit.testkit.server.redis.RedisServer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Keys that a load was to keep, where it did not come to its end and is gone on with. */
class KeptKeysTest {
  private static final byte[] OURS = "ours".getBytes(StandardCharsets.UTF_8);

  private final RedisServer target = RedisServer.start();

  @AfterEach
  void stop() {
    target.close();
  }

  private Handmade plan(String ifExists) {
    return new Handmade(target.uri() + "?if-exists=" + ifExists);
  }

  private void killed(String ifExists, boolean resume) {
    try (Handmade plan = plan(ifExists)) {
      plan.loader.begin(plan.plan(resume)).close();
    }
  }

  private void refused(String ifExists) {
    try (Handmade plan = plan(ifExists)) {
      assertThat(plan.loader.inspect(plan.plan(true)))
          .containsExactly(
              new Obstacle(
                  "the unfinished load in db0 of 127.0.0.1:"
                      + target.port()
                      + " was to keep the keys that were there",
                  "go on with --if-exists keep: without it they would be replaced",
                  true));
    }
  }

  private void goesOn(String ifExists, boolean kept) {
    try (Handmade plan = plan(ifExists)) {
      assertThat(plan.loader.inspect(plan.plan(true))).isEmpty();
      try (LoadRun run = plan.loader.begin(plan.plan(true))) {
        var ignored = plan.write(run, "string", "bird", OURS);
        assertThat(run.complete().target()).isEqualTo("127.0.0.1:" + target.port());
      }
    }
    assertThat(target.call("GET", "bird"))
        .isEqualTo((kept ? "theirs" : "ours").getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void areNotReplacedByWhatGoesOnWithoutSayingSo() {
    target.call("SET", "bird", "theirs");
    killed("keep", false);
    refused("fail");
    refused("replace");
    goesOn("keep", true);
  }

  @Test
  void areKeptToTheEndOnceOneTryWasToKeepThem() {
    killed("fail", false);
    target.call("SET", "bird", "theirs");
    killed("keep", true);
    refused("fail");
    goesOn("keep", true);
  }

  /** What the load itself wrote before it was killed is neither left out nor told of. */
  @Test
  void areNotThoseThatAnEarlierTryWrote() {
    try (RedisServer source = RedisServer.start()) {
      new EveryValue(source).fill();
      new EveryValue(source).fillLarge();
      // No command says of a large stream when a consumer was seen.
      source.call("XGROUP", "DESTROY", "large stream", "g");
      source.call("SET", "theirs", "ours");
      source.call("SET", "later", "ours", "PXAT", "33000000000000");
      target.call("SET", "theirs", "theirs");
      try (Copy copy = new Copy(source.uri(), target.uri() + "?if-exists=keep")) {
        try (LoadRun killed = copy.begin(false)) {
          assertThat(copy.push(killed)).extracting(Commit::rejects).contains(1L);
        }
        for (Object field : (List<?>) target.call("HKEYS", "_godwit:ledger")) {
          String item = new String((byte[]) field, StandardCharsets.UTF_8);
          if (item.startsWith("partition")) {
            target.call("HDEL", "_godwit:ledger", item);
          }
        }
        target.call("PEXPIREAT", "later", "33000000000001");
        try (LoadRun again = copy.begin(true)) {
          assertThat(copy.push(again).stream().mapToLong(Commit::rejects).sum()).isEqualTo(2);
          assertThat(copy.finish(again)).containsExactly("keys that were there, kept: 2");
        }
      }
    }
  }

  @Test
  void areNoneWhereTheLoadWasToReplaceThem() {
    target.call("SET", "bird", "theirs");
    killed("replace", false);
    goesOn("fail", false);
  }
}
