package dev.godwit.cli.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.godwit.cli.Invocation;
import dev.godwit.testkit.server.redis.Contents;
import dev.godwit.testkit.server.redis.RedisServer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A restore of keys killed at any moment: gone on with, every key is there and nothing else; and
 * before it ended by itself, the ledger tells that it did not.
 */
class KilledKeysIT {
  private static final int KILLS = Killing.times(2);
  private static final String LEDGER = "_godwit:ledger";

  @TempDir Path folder;

  @Test
  void resumingIsExact() throws Exception {
    String vault = folder.resolve("vault").toString();
    SortedMap<String, String> expected;
    try (RedisServer shop = RedisServer.start()) {
      fill(shop);
      assertThat(Invocation.of("backup", "-q", "--init", shop.uri(), vault).status()).isZero();
      expected = Contents.of(shop);
    }
    long begun = System.nanoTime();
    try (RedisServer first = RedisServer.start()) {
      assertThat(restore(vault, first).status()).isZero();
    }
    Killing killing = new Killing(20261121, Duration.ofNanos(System.nanoTime() - begun));
    int kills = 0;
    while (kills < KILLS) {
      try (RedisServer copy = RedisServer.start()) {
        boolean ended = false;
        for (int blow = 0; blow < 2 && !ended; blow++) {
          Launched restore = restore(vault, copy);
          ended = restore.endedWithin(killing.moment());
          restore.kill();
          kills += ended ? 0 : 1;
          // Killed after the load was sealed and before it could say so.
          ended |= copy.call("DBSIZE").equals(30_002L) && copy.call("EXISTS", LEDGER).equals(0L);
        }
        if (!ended) {
          Launched last = restore(vault, copy);
          assertThat(last.status()).as(last.printed()).isZero();
        }
        assertThat(Contents.of(copy).equals(expected)).isTrue();
      }
    }
  }

  private static void fill(RedisServer shop) {
    List<List<String>> commands = new ArrayList<>();
    for (int i = 0; i < 30_000; i++) {
      commands.add(List.of("HSET", "user:" + i, "name", "godwit " + i, "eggs", "" + i % 5));
    }
    for (int i = 0; i < 200; i++) {
      commands.add(List.of("RPUSH", "long", ("y" + i).repeat(50_000)));
      commands.add(List.of("APPEND", "large", ("z" + i).repeat(50_000)));
    }
    commands.add(List.of("SELECT", "5"));
    commands.add(List.of("SADD", "places", "Alaska", "Tasmania"));
    commands.add(List.of("SELECT", "0"));
    shop.callMany(commands);
  }

  private static Launched restore(String vault, RedisServer target) throws Exception {
    return Launched.of("restore", "-q", "--resume", "--jobs", "2", vault, target.uri());
  }
}
