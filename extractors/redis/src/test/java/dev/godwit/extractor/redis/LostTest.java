package dev.godwit.extractor.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.godwit.spi.error.ExitCode;
import dev.godwit.spi.error.GodwitException;
import dev.godwit.spi.extract.ConsistencyPoint.Guarantee;
import dev.godwit.spi.name.DatasetFilter;
import dev.godwit.testkit.server.Relay;
import dev.godwit.testkit.server.redis.RedisProgram;
import dev.godwit.testkit.server.redis.RedisServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Connections that are lost while a server is read: an error, never a short result. */
class LostTest {
  private static final int KEYS = 600;
  private static RedisServer server;

  @BeforeAll
  static void start() {
    server = filled(RedisProgram.chosen());
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  /** About 38 MB that cannot be compressed: more than sockets hold. */
  private static RedisServer filled(RedisProgram program, String... settings) {
    RedisServer filled = RedisServer.start(program, settings);
    fill(filled, "key:");
    return filled;
  }

  private static void fill(RedisServer filled, String name) {
    byte[] noise = new byte[64 << 10];
    Random random = new Random(1);
    for (int i = 0; i < KEYS; i++) {
      random.nextBytes(noise);
      filled.callRaw("SET", (name + i).getBytes(StandardCharsets.US_ASCII), noise);
    }
  }

  private static GodwitException lost(String uri, Runnable begun) {
    GodwitException failure =
        catchThrowableOfType(
            GodwitException.class, () -> KeysRead.of(uri, DatasetFilter.ALL, begun));
    assertThat(failure).isNotNull();
    assertThat(failure.exitCode()).isEqualTo(ExitCode.SOURCE_UNREACHABLE);
    assertThat(failure.hint()).isPresent();
    return failure;
  }

  @ParameterizedTest
  @CsvSource({"replica,100", "replica,20000000", "replica,38000000", "scan,20000", "scan,20000000"})
  void failsWhereTheConnectionBreaks(String way, long after) throws IOException {
    try (Relay relay = new Relay(server.port())) {
      GodwitException failure =
          lost(
              "redis://127.0.0.1:" + relay.port() + "?reading=" + way,
              () -> relay.breakAfter(after));
      assertThat(failure.getMessage()).contains("connection was lost");
    }
  }

  /** Whoever gets a large value reads it, and is told the same. */
  @ParameterizedTest
  @ValueSource(strings = {"replica", "scan"})
  void failsWhereTheConnectionBreaksWithinALargeValue(String way) throws IOException {
    try (RedisServer large = RedisServer.start(RedisProgram.chosen());
        Relay relay = new Relay(large.port())) {
      byte[] noise = new byte[30 << 20];
      new Random(1).nextBytes(noise);
      large.callRaw("SET", "large".getBytes(StandardCharsets.US_ASCII), noise);
      String uri = "redis://127.0.0.1:" + relay.port() + "?reading=" + way;
      assertThat(lost(uri, () -> relay.breakAfter(20_000_000)))
          .hasMessageContaining("connection was lost");
    }
  }

  /** Also within what is asked before the data: what the server is, what it lets us do. */
  @ParameterizedTest
  @ValueSource(strings = {"replica", "scan"})
  void failsWhereverTheConnectionBreaks(String way) throws IOException {
    for (int after = 0; after < 30_000; after += 250) {
      try (Relay relay = new Relay(server.port())) {
        relay.breakAfter(after);
        GodwitException failure =
            lost("redis://127.0.0.1:" + relay.port() + "?reading=" + way, () -> {});
        assertThat(failure.getMessage()).contains("connection was lost");
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"replica", "scan"})
  void failsWhereTheServerDies(String way) {
    try (RedisServer dying = filled(RedisProgram.chosen())) {
      assertThat(lost(dying.uri() + "?reading=" + way, dying::kill).getMessage())
          .contains("connection was lost");
    }
  }

  @Test
  void failsWhereDataThatWasWrittenToDiskFirstIsCutShort() {
    try (RedisServer slow = filled(RedisProgram.chosen(), "--repl-diskless-sync", "no");
        Relay relay = new Relay(slow.port())) {
      assertThat(lost("redis://127.0.0.1:" + relay.port(), () -> relay.breakAfter(30_000_000)))
          .hasMessageContaining("connection was lost");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Iterable<RedisProgram> programs() {
    return RedisProgram.all();
  }

  /**
   * Where a server keeps what is written meanwhile for each replica, it drops one for which it
   * would keep too much; where it knows that the data alone is wanted, it keeps nothing.
   */
  @ParameterizedTest
  @MethodSource("programs")
  void neverTakesWhatADroppedReplicaGotForTheWhole(RedisProgram program) {
    try (RedisServer busy =
        filled(
            program,
            "--repl-diskless-sync",
            "no",
            "--client-output-buffer-limit",
            "replica",
            "1mb",
            "1mb",
            "1",
            "--repl-backlog-size",
            "16kb")) {
      Runnable writes = () -> fill(busy, "later:");
      try {
        KeysRead read = KeysRead.of(busy.uri() + "?reading=replica", DatasetFilter.ALL, writes);
        assertThat(read.keys().size()).isEqualTo(KEYS);
        assertThat(read.guarantee()).isEqualTo(Guarantee.SNAPSHOT);
        System.out.println(program + " drops nobody who wants the data alone");
      } catch (GodwitException e) {
        System.out.println(program + " drops a replica that is too slow: " + e.getMessage());
        assertThat(e.exitCode()).isEqualTo(ExitCode.SOURCE_UNREACHABLE);
        assertThat(e.hint().orElseThrow()).contains("client-output-buffer-limit");
      }
    }
  }
}
