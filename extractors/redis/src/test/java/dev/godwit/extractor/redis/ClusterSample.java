package dev.godwit.extractor.redis;

import dev.godwit.extractor.redis.value.Records;
import dev.godwit.spi.store.PasswordSource;
import dev.godwit.testkit.contract.ExtractorSample;
import dev.godwit.testkit.server.redis.RedisCluster;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A cluster filled once for all contract tests of this JVM. */
final class ClusterSample {
  private static final int SESSIONS = 2000;
  private static RedisCluster cluster;

  private ClusterSample() {}

  static synchronized ExtractorSample read() {
    if (cluster == null) {
      cluster = RedisCluster.start(3);
      for (int i = 0; i < SESSIONS; i++) {
        set("session:" + i, "godwit ".repeat(i % 100));
      }
      set("large", "x".repeat((8 << 20) + 100));
    }
    String uri = cluster.nodes().get(0).uri();
    return new ExtractorSample(
        uri,
        PasswordSource.NONE,
        Map.of(Records.name(0), SESSIONS + 1L),
        Optional.of(new ExtractorSample.Condition(Records.name(0), "session:199?", 10)),
        List.of("redis://127.0.0.1:1,127.0.0.1:2", cluster.nodes().get(0).uri(3)));
  }

  private static void set(String key, String value) {
    Object ignored = cluster.call("SET", key, value);
  }
}
