package dev.godwit.loader.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.godwit.spi.error.GodwitException;
import dev.godwit.spi.load.LoadRun;
import dev.godwit.spi.load.Loader.Obstacle;
import dev.godwit.testkit.server.redis.Contents;
import dev.godwit.testkit.server.redis.RedisCluster;
import dev.godwit.testkit.server.redis.RedisServer;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A cluster of three as a target: each key at the primary that holds its slot. */
class ClusterTest {
  private final RedisCluster cluster = RedisCluster.start(3);
  private final RedisServer from = RedisServer.start();

  @AfterEach
  void stop() {
    cluster.close();
    from.close();
  }

  private String uri() {
    return cluster.nodes().get(1).uri();
  }

  @Test
  void everyKeyGoesWhereItsSlotIs() {
    new EveryValue(from).fill();
    from.call("SELECT", "9");
    from.call("FLUSHDB");
    from.call("SELECT", "0");
    from.call("SET", "{tag}one", "1");
    from.call("SET", "a}b{}c", "2");
    for (int i = 0; i < 10; i++) {
      from.call("RPUSH", "large:" + i, "x".repeat(1000));
      for (int j = 0; j < 9 && i < 3; j++) {
        from.call("RPUSH", "large:" + i, "y".repeat(1 << 20));
      }
    }
    try (Copy copy = new Copy(from.uri(), uri())) {
      assertThat(copy.all()).isEmpty();
    }
    SortedMap<String, String> found = new TreeMap<>();
    for (RedisServer node : cluster.nodes()) {
      found.putAll(Contents.of(node, 1));
    }
    assertThat(found.equals(Contents.of(from))).isTrue();
    assertThat(cluster.nodes())
        .allSatisfy(node -> assertThat((Long) node.call("DBSIZE")).isGreaterThan(500));
    try (Copy copy = new Copy(from.uri(), uri())) {
      assertThat(copy.obstacles())
          .first()
          .extracting(Obstacle::what)
          .asString()
          .contains("is not empty");
    }
  }

  @Test
  void aClusterHasOneDatabase() {
    from.call("SELECT", "3");
    from.call("SET", "a", "1");
    from.call("SELECT", "0");
    try (Copy copy = new Copy(from.uri(), uri())) {
      assertThat(copy.obstacles())
          .extracting(Obstacle::what)
          .containsExactly(
              cluster.nodes().get(1).uri().substring(8)
                  + " is of a cluster, which has no database 3");
    }
  }

  @Test
  void slotsThatMoveMeanwhileEndTheLoad() {
    List<List<String>> commands = new ArrayList<>();
    for (int i = 0; i < 1000; i++) {
      commands.add(List.of("SET", "key:" + i, "1"));
    }
    from.callMany(commands);
    try (Copy copy = new Copy(from.uri(), uri());
        LoadRun run = copy.begin(false)) {
      String to = cluster.nodes().get(0).text("CLUSTER", "MYID");
      for (RedisServer node : cluster.nodes()) {
        for (int slot = 8000; slot < 9000; slot++) {
          node.call("CLUSTER", "SETSLOT", "" + slot, "NODE", to);
        }
      }
      assertThatThrownBy(() -> copy.push(run))
          .isInstanceOf(GodwitException.class)
          .hasMessageContaining("its slot was moved");
    }
    try (Copy copy = new Copy(from.uri(), uri());
        LoadRun run = copy.begin(true)) {
      copy.push(run);
      assertThat(copy.finish(run)).isEmpty();
    }
    assertThat(cluster.nodes().stream().mapToLong(node -> (Long) node.call("DBSIZE")).sum())
        .isEqualTo(1000);
  }
}
