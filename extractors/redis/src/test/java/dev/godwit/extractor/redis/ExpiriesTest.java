package dev.godwit.extractor.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.godwit.testkit.server.redis.RedisProgram;
import dev.godwit.testkit.server.redis.RedisServer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExpiriesTest {
  private static RedisServer start() {
    RedisServer server =
        RedisProgram.chosen().major() < 7
            ? RedisServer.start()
            : RedisServer.start("--enable-debug-command", "yes");
    server.call("DEBUG", "SET-ACTIVE-EXPIRE", "0");
    return server;
  }

  private static long clock(RedisServer server) {
    List<?> parts = (List<?>) server.call("TIME");
    return number(parts.get(0)) * 1000 + number(parts.get(1)) / 1000;
  }

  private static long number(Object text) {
    return Long.parseLong(new String((byte[]) text, StandardCharsets.US_ASCII));
  }

  /** The server still holds keys that had expired, and sends them to a replica. */
  @ParameterizedTest
  @CsvSource({"replica,2 keys had expired", "scan,"})
  void leavesOutWhatHadExpiredAndSaysSo(String way, String said) {
    try (RedisServer server = start()) {
      server.call("SET", "ever", "a");
      server.call("SET", "later", "b", "PX", "100000000");
      server.call("SET", "past", "c", "PX", "1");
      server.call("RPUSH", "gone", "d");
      server.call("PEXPIRE", "gone", "1");
      for (long from = clock(server); clock(server) < from + 3; ) {}
      assertThat(server.call("DBSIZE")).isEqualTo(4L);
      KeysRead read = KeysRead.of(server.uri() + "?reading=" + way);
      assertThat(read.keys()).containsOnlyKeys("db0 ever", "db0 later");
      if (said != null) {
        assertThat(read.warnings()).singleElement().asString().startsWith(said);
      }
    }
  }
}
