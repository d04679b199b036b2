package dev.godwit.extractor.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.godwit.spi.error.ExitCode;
import dev.godwit.spi.error.GodwitException;
import dev.godwit.spi.extract.ConsistencyPoint.Guarantee;
import dev.godwit.spi.name.DatasetFilter;
import dev.godwit.testkit.server.redis.RedisCluster;
import dev.godwit.testkit.server.redis.RedisServer;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Clusters, and servers that sentinels watch. */
class ManyServersTest {
  private static final int KEYS = 3000;
  private static RedisCluster cluster;

  @BeforeAll
  static void start() {
    cluster = RedisCluster.start(3);
    for (int i = 0; i < KEYS; i++) {
      Object set = cluster.call("SET", "key:" + i, "value " + i);
      assertThat(set).isNotNull();
    }
  }

  @AfterAll
  static void stop() {
    cluster.close();
  }

  private static SortedMap<String, String> asked() {
    SortedMap<String, String> all = new TreeMap<>();
    for (RedisServer node : cluster.nodes()) {
      for (Object key : (Iterable<?>) node.call("KEYS", "*")) {
        all.put(KeyText.name(0, (byte[]) key), KeysAsked.describe(node, (byte[]) key));
      }
    }
    return all;
  }

  private static String uri(String options) {
    return cluster.nodes().stream()
        .map(node -> "127.0.0.1:" + node.port())
        .collect(Collectors.joining(",", "redis://", "/" + options));
  }

  @Test
  void readsEachPrimaryOfAClusterAtAnInstantOfItsOwn() {
    KeysRead read = KeysRead.of(cluster.nodes().get(1).uri());
    assertThat(read.keys()).hasSize(KEYS).isEqualTo(asked());
    assertThat(read.guarantee()).isEqualTo(Guarantee.PER_PARTITION);
    assertThat(read.warnings()).isEmpty();
  }

  @Test
  void scansEachPrimaryOfACluster() {
    KeysRead read = KeysRead.of(uri("?reading=scan"));
    assertThat(read.keys()).hasSize(KEYS).isEqualTo(asked());
    assertThat(read.guarantee()).isEqualTo(Guarantee.FUZZY);
  }

  @Test
  void asksTheNextNodeWhereOneIsGone() {
    String gone = "redis://127.0.0.1:1,127.0.0.1:" + cluster.nodes().get(2).port();
    assertThat(KeysRead.of(gone).keys()).hasSize(KEYS);
  }

  @Test
  void refusesAClusterWhoseSlotsMove() {
    try (RedisCluster two = RedisCluster.start(2)) {
      String uri = two.nodes().get(0).uri();
      assertThatThrownBy(() -> KeysRead.of(uri, DatasetFilter.ALL, () -> moveASlot(two)))
          .hasMessageContaining("moved while it was read");
    }
  }

  private static void moveASlot(RedisCluster two) {
    String id = two.nodes().get(1).text("CLUSTER", "MYID");
    two.nodes().get(1).call("CLUSTER", "SETSLOT", "5", "NODE", id);
    two.nodes().get(0).call("CLUSTER", "SETSLOT", "5", "NODE", id);
  }

  @Test
  void refusesAClusterThatIsNotWhole() {
    try (RedisServer alone = RedisServer.start("--cluster-enabled", "yes")) {
      assertThatThrownBy(() -> KeysRead.of(alone.uri()))
          .hasMessageContaining("is not whole: nobody holds slot 0");
    }
  }

  @Test
  void takesOneHostUnlessTheyAreACluster() {
    try (RedisServer alone = RedisServer.start()) {
      String two = "redis://127.0.0.1:" + alone.port() + ",127.0.0.1:" + alone.port();
      assertThatThrownBy(() -> KeysRead.of(two))
          .isInstanceOfSatisfying(
              GodwitException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.USAGE))
          .hasMessageContaining("is no node of a cluster");
    }
  }

  @Test
  void asksSentinelsWhereTheServerIs() {
    try (RedisServer server = RedisServer.start("--requirepass", "s3cret")) {
      server.call("AUTH", "s3cret");
      server.call("SET", "bird", "B6");
      try (RedisServer sentinel =
          RedisServer.sentinel("shop", server, "sentinel auth-pass shop s3cret")) {
        String uri = "redis://:s3cret@127.0.0.1:1,127.0.0.1:" + sentinel.port() + "/0";
        KeysRead read = KeysRead.of(uri + "?sentinel=shop");
        assertThat(read.keys()).containsOnlyKeys("db0 bird");
        assertThat(read.guarantee()).isEqualTo(Guarantee.SNAPSHOT);
        assertThatThrownBy(() -> KeysRead.of(uri + "?sentinel=other"))
            .hasMessageContaining("knows no primary called 'other'");
      }
    }
  }
}
