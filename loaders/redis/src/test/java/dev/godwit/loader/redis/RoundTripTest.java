package dev.godwit.loader.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.godwit.spi.error.ExitCode;
import dev.godwit.spi.error.GodwitException;
import dev.godwit.testkit.server.redis.Contents;
import dev.godwit.testkit.server.redis.RedisProgram;
import dev.godwit.testkit.server.redis.RedisServer;
import java.nio.charset.StandardCharsets;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every value into another server and back again: as the extractor reads it, to the millisecond of
 * its expiry, and as plain commands show it. Between two versions of a server, what only one of
 * them knows of a stream is left out.
 */
class RoundTripTest {
  private static final Pattern NUMBER =
      Pattern.compile("\"(-?[0-9]+(?:[.][0-9]+)?(?:e[-+][0-9]+)?)\"");

  private static SortedMap<String, String> common(SortedMap<String, String> values) {
    SortedMap<String, String> common = new TreeMap<>();
    values.forEach(
        (key, value) ->
            common.put(
                key,
                sameNumbers(value)
                    .replaceAll(",\"(deleted|added|read|active)\":(\"[0-9-]+\"|-?[0-9]+)", "")
                    .replaceAll("\"(max-deleted-entry-id|entries-added)\"=\\S+", "")
                    .replaceAll("\"(entries-read|lag)\" \\S+", "")
                    .replaceAll(" \\[(-1 )+\\]$", "")
                    .replaceAll("\\s+", " ")
                    .strip()));
    return common;
  }

  /** Newer servers print the shortest number that reads the same. */
  private static String sameNumbers(String value) {
    return NUMBER
        .matcher(value)
        .replaceAll(number -> "\"" + Double.parseDouble(number.group(1)) + "\"");
  }

  private static void same(RedisServer from, RedisServer to) {
    SortedMap<String, String> typed = Copy.typed(from.uri());
    SortedMap<String, String> found = Copy.typed(to.uri());
    boolean alike = from.version().equals(to.version());
    assertThat(typed).hasSizeGreaterThan(1);
    compare(alike ? typed : common(typed), alike ? found : common(found));
    SortedMap<String, String> shown = Contents.of(from);
    SortedMap<String, String> there = Contents.of(to);
    compare(alike ? shown : common(shown), alike ? there : common(there));
  }

  private static void compare(SortedMap<String, String> expected, SortedMap<String, String> found) {
    assertThat(found.keySet()).isEqualTo(expected.keySet());
    expected.forEach((key, value) -> assertThat(found.get(key)).as(key).isEqualTo(value));
  }

  private static Stream<Arguments> pairs() {
    return RedisProgram.all().stream()
        .flatMap(from -> RedisProgram.all().stream().map(to -> Arguments.of(from, to)));
  }

  @ParameterizedTest(name = "{0} to {1}")
  @MethodSource("pairs")
  void everyValueComesThrough(RedisProgram one, RedisProgram other) {
    try (RedisServer from = RedisServer.start(one);
        RedisServer to = RedisServer.start(other)) {
      new EveryValue(from).fill();
      if (!to.has("HPEXPIREAT")) {
        from.call("DEL", "hash fields expire");
      }
      if (to.atLeast(7, 0) && !from.atLeast(7, 0)) {
        from.call("ZREM", "scores", "m1"); // from 7.0 on a small sorted set holds no -0.0
      }
      try (Copy copy = new Copy(from.uri(), to.uri())) {
        assertThat(copy.all()).isEmpty();
      }
      same(from, to);
    }
  }

  @ParameterizedTest
  @MethodSource("dev.godwit.testkit.server.redis.RedisProgram#all")
  void everyLargeValueComesThroughInPieces(RedisProgram program) {
    try (RedisServer from = RedisServer.start(program);
        RedisServer to = RedisServer.start(program)) {
      new EveryValue(from).fillLarge();
      try (Copy copy = new Copy(from.uri(), to.uri())) {
        assertThat(copy.all())
            .containsExactly(
                "left out because no command says it: deleted entries of large streams that still"
                    + " wait to be acknowledged: 1");
      }
      from.call("XACK", "large stream", "g", "5-0");
      compare(Contents.of(from), Contents.of(to));
      assertThat(Contents.of(to)).hasSize(6);
    }
  }

  @ParameterizedTest
  @MethodSource("dev.godwit.testkit.server.redis.RedisProgram#all")
  void whereRestoreIsForbiddenTheyGoByCommands(RedisProgram program) {
    String[] forbidden = {"--rename-command", "RESTORE", ""};
    try (RedisServer from = RedisServer.start(program);
        RedisServer to = RedisServer.start(program, forbidden)) {
      new EveryValue(from).fill();
      try (Copy copy = new Copy(from.uri(), to.uri())) {
        assertThat(copy.all()).isEmpty();
      }
      compare(Contents.of(from), Contents.of(to));
    }
  }

  @ParameterizedTest
  @MethodSource("dev.godwit.testkit.server.redis.RedisProgram#all")
  void fieldsThatExpireAreRefusedByName(RedisProgram program) {
    try (RedisServer from = RedisServer.start(program);
        RedisServer to = RedisServer.start()) {
      if (!from.has("HPEXPIREAT") || to.has("HPEXPIREAT")) {
        return; // needs one server of each kind
      }
      new EveryValue(from).fill();
      try (Copy copy = new Copy(from.uri(), to.uri())) {
        assertThatThrownBy(copy::all)
            .isInstanceOfSatisfying(
                GodwitException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.LOSSY))
            .hasMessageContaining("hash \"hash fields expire\" has fields that expire");
      }
    }
  }

  @Test
  void aLibraryThatIsNoTextComesThroughToTheByte() {
    RedisProgram program = RedisProgram.atLeast(7); // older ones have no libraries
    try (RedisServer from = RedisServer.start(program);
        RedisServer to = RedisServer.start(program)) {
      String code =
          "#!lua name=birds\nredis.register_function('grouse', function() return '\u00e9' end)\n";
      byte[] latin = code.getBytes(StandardCharsets.ISO_8859_1);
      var ignored = from.callRaw("FUNCTION", "LOAD".getBytes(StandardCharsets.US_ASCII), latin);
      from.call("SET", "a", "b");
      try (Copy copy = new Copy(from.uri(), to.uri())) {
        assertThat(copy.all()).isEmpty();
      }
      byte[] grouse = "grouse".getBytes(StandardCharsets.US_ASCII);
      byte[] none = {'0'};
      assertThat((byte[]) to.callRaw("FCALL", grouse, none)).containsExactly(0xe9);
    }
  }
}
