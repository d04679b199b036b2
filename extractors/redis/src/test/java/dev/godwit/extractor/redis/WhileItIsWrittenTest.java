package dev.godwit.extractor.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.godwit.spi.extract.ConsistencyPoint.Guarantee;
import dev.godwit.spi.name.DatasetFilter;
import dev.godwit.testkit.server.redis.RedisProgram;
import dev.godwit.testkit.server.redis.RedisServer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.Transaction;

/** A server that is written to while it is read. */
class WhileItIsWrittenTest {
  private static final int PAIRS = 500;
  private static final String FILLER = "godwit ".repeat(300);

  static Stream<Arguments> cases() {
    return RedisProgram.all().stream()
        .flatMap(program -> Stream.of("yes", "no").map(mode -> Arguments.of(program, mode)));
  }

  /** Writes pairs in transactions, the n-th to pair n % 500, until it is closed. */
  private static final class Writer implements AutoCloseable {
    private final AtomicBoolean enough = new AtomicBoolean();
    private final Thread thread;

    Writer(RedisServer server) {
      thread = new Thread(() -> write(server), "writer");
      thread.start();
    }

    private void write(RedisServer server) {
      try (Jedis client = new Jedis("127.0.0.1", server.port(), 300_000)) {
        for (long n = Long.parseLong(client.get("last")) + 1; !enough.get(); n++) {
          Transaction together = client.multi();
          set(together::set, n);
          together.exec();
        }
      }
    }

    @Override
    public void close() {
      enough.set(true);
      try {
        thread.join();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** Sets a key. */
  private interface Setting {
    Object set(String key, String value);
  }

  private static void set(Setting setting, long n) {
    Object one = setting.set("one:" + n % PAIRS, "" + n);
    Object other = setting.set("other:" + n % PAIRS, "" + n);
    Object last = setting.set("last", "" + n);
    assertThat(List.of(one, other, last)).isNotEmpty();
  }

  private static RedisServer filled(RedisProgram program, String... settings) {
    RedisServer server = RedisServer.start(program, settings);
    List<List<String>> commands = new ArrayList<>();
    for (int i = 0; i < 20_000; i++) {
      commands.add(List.of("SET", "filler:" + i, FILLER + i));
    }
    server.callMany(commands);
    for (long n = 0; n < PAIRS; n++) {
      set((key, value) -> server.call("SET", key, value), n);
    }
    return server;
  }

  @ParameterizedTest(name = "{0}, repl-diskless-sync {1}")
  @MethodSource("cases")
  void asAReplicaShowsExactlyOneInstant(RedisProgram program, String diskless) {
    try (RedisServer server = filled(program, "--repl-diskless-sync", diskless);
        Writer writer = new Writer(server)) {
      KeysRead read = KeysRead.of(server.uri() + "?reading=replica");
      assertThat(writer).isNotNull();
      assertThat(read.guarantee()).isEqualTo(Guarantee.SNAPSHOT);
      long last = number(read, "last");
      for (int pair = 0; pair < PAIRS; pair++) {
        long expected = last - Math.floorMod(last - pair, (long) PAIRS);
        assertThat(number(read, "one:" + pair)).isEqualTo(expected);
        assertThat(number(read, "other:" + pair)).isEqualTo(expected);
      }
      assertThat(read.keys().size()).isEqualTo(20_000 + 2 * PAIRS + 1);
    }
  }

  private static long number(KeysRead read, String key) {
    return Long.parseLong(read.keys().get("db0 " + key).substring("string until ever ".length()));
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void byScanMeetsEveryKeyThatWasThereAllAlong(boolean shrinks) {
    try (RedisServer server = filled(RedisProgram.chosen())) {
      Runnable resize =
          () -> {
            List<List<String>> commands = new ArrayList<>();
            for (int i = 0; i < 100_000; i++) {
              commands.add(List.of("SET", "new:" + i, "", "PX", shrinks ? "20" : "100000"));
            }
            server.callMany(commands);
          };
      try (Writer writer = new Writer(server)) {
        KeysRead read = KeysRead.of(server.uri() + "?reading=scan", DatasetFilter.ALL, resize);
        assertThat(writer).isNotNull();
        assertThat(read.guarantee()).isEqualTo(Guarantee.FUZZY);
        for (int i = 0; i < 20_000; i++) {
          assertThat(read.keys().get("db0 filler:" + i)).startsWith("string until ever " + FILLER);
        }
        for (int pair = 0; pair < PAIRS; pair++) {
          assertThat(read.keys()).containsKeys("db0 one:" + pair, "db0 other:" + pair);
        }
      }
    }
  }
}
