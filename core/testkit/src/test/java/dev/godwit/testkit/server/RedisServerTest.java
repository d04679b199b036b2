package dev.godwit.testkit.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.godwit.testkit.server.redis.RedisServer;
import org.junit.jupiter.api.Test;

class RedisServerTest {
  /** As where the machine stands still, or a disk is slow. */
  @Test
  void anAnswerMayTakeSeconds() {
    try (RedisServer server = RedisServer.start()) {
      assertThat(server.call("BLPOP", "nothing", "3")).isNull();
    }
  }
}
