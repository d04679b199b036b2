package dev.godwit.extractor.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.godwit.spi.error.ExitCode;
import dev.godwit.spi.error.GodwitException;
import dev.godwit.testkit.server.redis.RedisProgram;
import dev.godwit.testkit.server.redis.RedisServer;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A server that was just started and has not loaded its data yet: part of it would be no backup.
 */
class LoadingTest {
  static List<RedisProgram> programs() {
    return RedisProgram.all().stream().filter(program -> program.major() >= 6).toList();
  }

  @ParameterizedTest
  @MethodSource("programs")
  void isToldInsteadOfReadingWhatIsThereByNow(RedisProgram program) {
    String value = "v".repeat(100_000);
    try (RedisServer whole = RedisServer.start(program, "--rdbcompression", "no")) {
      whole.callMany(
          IntStream.range(0, 500).mapToObj(i -> List.of("SET", "key:" + i, value)).toList());
      whole.call("SAVE");
      try (RedisServer loading = RedisServer.loading(program, whole)) {
        for (String way : List.of("replica", "scan")) {
          assertThatThrownBy(() -> KeysRead.of(loading.uri() + "?reading=" + way))
              .isInstanceOfSatisfying(
                  GodwitException.class,
                  e -> assertThat(e.exitCode()).isEqualTo(ExitCode.SOURCE_UNREACHABLE))
              .hasMessageContaining("still loading");
        }
      }
    }
  }
}
