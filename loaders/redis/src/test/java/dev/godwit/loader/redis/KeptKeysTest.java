package dev.godwit.loader.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.godwit.spi.load.LoadRun;
import dev.godwit.spi.load.Loader.Obstacle;
import dev.godwit.testkit.server.redis.RedisServer;
import java.nio.charset.StandardCharsets;
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

  @Test
  void areNoneWhereTheLoadWasToReplaceThem() {
    target.call("SET", "bird", "theirs");
    killed("replace", false);
    goesOn("fail", false);
  }
}
