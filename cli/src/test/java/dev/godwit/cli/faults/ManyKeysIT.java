package dev.godwit.cli.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.godwit.testkit.server.redis.RedisServer;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Millions of keys ({@code -Dgodwit.keys}, two million if not given) are backed up, restored and
 * compared in a heap of 256 MB.
 */
class ManyKeysIT {
  private static final int KEYS = Integer.getInteger("godwit.keys", 2_000_000);

  /** A script holds the server, which answers nobody meanwhile. */
  private static final int TOGETHER = 50_000;

  private static final long MOST_MIB = 450;

  private static final String FILL =
      """
      for i = tonumber(ARGV[1]), tonumber(ARGV[2]) do
        if i %% 10 == 0 then
          redis.call('SET', 'session:' .. i, 'godwit ' .. i, 'PX', 90000000 + i)
        elseif i %% 10 == 1 then
          redis.call('HSET', 'user:' .. i, 'name', 'godwit ' .. i, 'eggs', i %% 5)
        else
          redis.call('SET', 'key:' .. i, i)
        end
      end
      """
          .formatted();

  @TempDir Path folder;

  @Test
  void goThroughALittleHeap() throws Exception {
    String vault = folder.resolve("vault").toString();
    try (RedisServer shop = RedisServer.start();
        RedisServer copy = RedisServer.start()) {
      for (int from = 1; from <= KEYS; from += TOGETHER) {
        int last = Math.min(KEYS, from + TOGETHER - 1);
        shop.call("EVAL", FILL, "0", Integer.toString(from), Integer.toString(last));
      }
      succeeds("backup", "--init", "-q", "--jobs", "2", shop.uri(), vault);
      succeeds("restore", "-q", "--jobs", "2", vault, copy.uri());
      assertThat(copy.call("DBSIZE")).isEqualTo((long) KEYS);
      succeeds("compare", "-q", "--jobs", "2", vault, copy.uri());
    }
  }

  private static void succeeds(String... arguments) throws Exception {
    Launched command = Launched.in(Map.of("GODWIT_JAVA_OPTS", "-Xmx256m"), arguments);
    long peak = Peak.of(command);
    System.out.printf("%,d keys, %s: at most %d MiB%n", KEYS, arguments[0], peak);
    assertThat(command.status()).as("%s", command.printed()).isZero();
    assertThat(peak).isBetween(1L, MOST_MIB);
  }
}
