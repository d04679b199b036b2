package dev.godwit.extractor.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.godwit.testkit.server.redis.RedisProgram;
import dev.godwit.testkit.server.redis.RedisServer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every type at every encoding: what is read as a replica, what is read by SCAN, and what the
 * commands of each type answer is the same.
 */
class EncodingsTest {
  private static final String[] COLLECTIONS = {
    "string:1",
    "string:2",
    "string:44",
    "list",
    "many",
    "set",
    "small set",
    "many ints",
    "ints 1 2 -3",
    "hash",
    "small hash",
    "zset",
    "small zset",
    "ranks",
    "stream"
  };

  /** Settings, and encodings that they bring about where the server knows them. */
  private static final Map<String, Map<String, String>> SETTINGS =
      Map.of(
          "as it comes",
          Map.of(),
          "compact",
          Map.of(
              "hash-max-ziplist-entries", "100000",
              "hash-max-ziplist-value", "1000000",
              "zset-max-ziplist-entries", "100000",
              "zset-max-ziplist-value", "1000000",
              "set-max-intset-entries", "100000",
              "set-max-listpack-entries", "100000",
              "set-max-listpack-value", "1000000",
              "list-max-ziplist-size", "-5",
              "stream-node-max-entries", "0",
              "stream-node-max-bytes", "0"),
          "spread",
          Map.of(
              "hash-max-ziplist-entries", "1",
              "hash-max-ziplist-value", "1",
              "zset-max-ziplist-entries", "1",
              "zset-max-ziplist-value", "1",
              "set-max-intset-entries", "1",
              "set-max-listpack-entries", "1",
              "list-max-ziplist-size", "2",
              "list-compress-depth", "1",
              "stream-node-max-entries", "2"),
          "not compressed",
          Map.of("rdbcompression", "no", "list-max-ziplist-size", "-1"));

  private static final Map<String, String[]> EXPECTED =
      Map.of(
          "as it comes", words("int embstr raw intset hashtable skiplist quicklist"),
          "compact", words("int embstr raw intset quicklist"),
          "spread", words("int embstr raw hashtable skiplist quicklist"),
          "not compressed", words("int embstr raw intset hashtable skiplist quicklist"));

  private static String[] words(String text) {
    return text.split(" ", -1);
  }

  static Stream<Arguments> cases() {
    return RedisProgram.all().stream()
        .flatMap(program -> SETTINGS.keySet().stream().sorted().map(s -> Arguments.of(program, s)));
  }

  @ParameterizedTest(name = "{0}, {1}")
  @MethodSource("cases")
  void readsTheSameByEveryWay(RedisProgram program, String settings) {
    try (RedisServer server = RedisServer.start(program)) {
      SETTINGS.get(settings).forEach((name, value) -> set(server, name, value));
      EveryType.fill(server);
      if (program.major() < 6) {
        removeConsumers(server);
      }
      expire(server);
      SortedMap<String, String> asked = KeysAsked.of(server);
      assertThat(encodings(server)).contains(EXPECTED.get(settings));
      for (String way : new String[] {"replica", "scan"}) {
        KeysRead read = KeysRead.of(server.uri() + "?reading=" + way);
        assertThat(KeyText.differences(asked, read.keys())).as(way).isEmpty();
      }
    }
  }

  /** Servers before 6 tell how long ago consumers came, not when: they are not compared there. */
  private static void removeConsumers(RedisServer server) {
    for (String consumer : new String[] {"one", "two", "three"}) {
      server.call("XGROUP", "DELCONSUMER", "stream", "pilots", consumer);
    }
    server.call("XGROUP", "DELCONSUMER", "stream", "half", "idle");
  }

  /** Settings have other names, or are unknown, in other versions. */
  private static void set(RedisServer server, String name, String value) {
    if (!((List<?>) server.call("CONFIG", "GET", name)).isEmpty()) {
      server.call("CONFIG", "SET", name, value);
    }
  }

  private static void expire(RedisServer server) {
    for (String key : COLLECTIONS) {
      server.call("PEXPIREAT", key, "4102444800123");
    }
    if (server.has("HPEXPIREAT")) {
      server.call("HPEXPIREAT", "hash", "4102444800999", "FIELDS", "2", "a", "12");
      server.call("HPEXPIREAT", "small hash", "4102444800001", "FIELDS", "2", "", "13");
      server.call("HPEXPIREAT", "small hash", "4102444801000", "FIELDS", "1", "a");
      server.call("HPEXPIREAT", "hash of one:1", "4102444800999", "FIELDS", "1", "a");
    }
  }

  private static Set<String> encodings(RedisServer server) {
    Set<String> all = new TreeSet<>();
    for (String key : COLLECTIONS) {
      all.add(new String((byte[]) server.call("OBJECT", "ENCODING", key), StandardCharsets.UTF_8));
    }
    return all;
  }
}
