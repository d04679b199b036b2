package dev.godwit.extractor.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.godwit.spi.record.LargeValue;
import dev.godwit.testkit.server.Relay;
import dev.godwit.testkit.server.redis.RedisProgram;
import dev.godwit.testkit.server.redis.RedisServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Keys that leave their row: by pieces of the stream, or by pieces asked for, the same. */
class LargeKeysTest {
  private static final int ELEMENTS = 200_000;
  private static final String FILLER = "tailed godwit ".repeat(3);

  static List<RedisProgram> programs() {
    return RedisProgram.all();
  }

  @ParameterizedTest
  @MethodSource("programs")
  void readsLargeValuesOfEveryType(RedisProgram program) {
    try (RedisServer server = RedisServer.start(program)) {
      server.callMany(commands(program.major() >= 6));
      for (int i = 0; i < 20; i++) {
        server.callRaw("APPEND", "string".getBytes(StandardCharsets.US_ASCII), noise(i));
      }
      server.call("SETRANGE", "compressible", Integer.toString(20 << 20), "end");
      if (server.has("HPEXPIREAT")) {
        server.call("HPEXPIREAT", "hash", "4102444800999", "FIELDS", "2", "f7", "f77777");
      }
      SortedMap<String, String> asked = KeysAsked.of(server);
      assertThat(asked).hasSize(7).allSatisfy(LargeKeysTest::isLarge);
      for (String way : new String[] {"replica", "scan"}) {
        KeysRead read = KeysRead.of(server.uri() + "?reading=" + way);
        assertThat(KeyText.differences(asked, read.keys())).as(way).isEmpty();
      }
    }
  }

  /** After the greatest id there is none to go on from. */
  @ParameterizedTest
  @MethodSource("programs")
  @Timeout(600)
  void endsAtTheGreatestId(RedisProgram program) {
    try (RedisServer server = RedisServer.start(program)) {
      String greatest = "18446744073709551615-18446744073709551615";
      server.call("XADD", "stream", greatest, "leg", "x".repeat(12 << 20));
      server.call("XGROUP", "CREATE", "stream", "g", "0");
      server.call("XREADGROUP", "GROUP", "g", "a", "STREAMS", "stream", ">");
      KeysRead one = KeysRead.of(server.uri() + "?reading=replica");
      KeysRead other = KeysRead.of(server.uri() + "?reading=scan");
      assertThat(other.keys().keySet()).isEqualTo(one.keys().keySet()).hasSize(1);
    }
  }

  static List<RedisProgram> since6() {
    return RedisProgram.all().stream().filter(program -> program.major() >= 6).toList();
  }

  /** They are told as so long ago, and the answer takes its time. */
  @ParameterizedTest
  @MethodSource("since6")
  void knowsDeliveriesToTheMillisecondHoweverFarTheServerIs(RedisProgram program)
      throws IOException {
    try (RedisServer server = RedisServer.start(program);
        Relay far = new Relay(server.port())) {
      server.call("XADD", "stream", "1-1", "leg", "x".repeat(12 << 20));
      server.call("XGROUP", "CREATE", "stream", "g", "0");
      server.call("XREADGROUP", "GROUP", "g", "a", "STREAMS", "stream", ">");
      far.answerAfter(Duration.ofMillis(5));
      KeysRead read = KeysRead.of("redis://127.0.0.1:" + far.port() + "?reading=scan");
      assertThat(KeyText.differences(KeysAsked.of(server), read.keys())).isEmpty();
    }
  }

  private static void isLarge(String key, String value) {
    String length = value.replaceAll("^.* until \\S+ ([0-9]+) bytes,.*$", "$1");
    assertThat(Long.parseLong(length)).as(key).isGreaterThan(LargeValue.THRESHOLD);
  }

  private static byte[] noise(int seed) {
    byte[] noise = new byte[1 << 20];
    new java.util.Random(seed).nextBytes(noise);
    return noise;
  }

  /**
   * What is written.
   *
   * @param consumers whether streams have such; servers before 6 only tell how long ago they came
   */
  private static List<List<String>> commands(boolean consumers) {
    List<List<String>> commands = new ArrayList<>();
    for (int i = 0; i < ELEMENTS; i++) {
      commands.add(List.of("RPUSH", "list", FILLER + i));
      commands.add(List.of("SADD", "set", i + FILLER));
      commands.add(List.of("ZADD", "zset", Integer.toString(i % 1000 - 500), i + FILLER));
      commands.add(List.of("HSET", "hash", "f" + i, FILLER + i));
      if (i % 2 == 0) {
        commands.add(List.of("XADD", "stream", "1-" + (i / 2 + 1), "leg", FILLER + FILLER + i));
      }
    }
    commands.add(List.of("XGROUP", "CREATE", "stream", "g", "0"));
    commands.add(List.of("XGROUP", "CREATE", "stream", "other", "$"));
    for (String consumer : consumers ? List.of("a", "b", "c") : List.<String>of()) {
      commands.add(
          List.of("XREADGROUP", "GROUP", "g", consumer, "COUNT", "700", "STREAMS", "stream", ">"));
    }
    commands.add(List.of("PEXPIREAT", "list", "4102444800123"));
    return commands;
  }
}
