package dev.godwit.testkit.server.redis;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import redis.clients.jedis.exceptions.JedisMovedDataException;

/** A real cluster of primaries, each of which holds an equal share of the slots. */
public final class RedisCluster implements AutoCloseable {
  private static final int SLOTS = 16_384;
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  private final List<RedisServer> nodes = new ArrayList<>();

  private RedisCluster() {}

  /** Starts so many nodes and waits until they agree. */
  public static RedisCluster start(int nodes, String... settings) {
    RedisCluster cluster = new RedisCluster();
    try {
      for (int i = 0; i < nodes; i++) {
        cluster.nodes.add(node(settings));
      }
      cluster.join();
      return cluster;
    } catch (RuntimeException e) {
      cluster.close();
      throw e;
    }
  }

  private static RedisServer node(String... settings) {
    List<String> all = new ArrayList<>(List.of("--cluster-enabled", "yes"));
    all.addAll(List.of(settings));
    return RedisServer.start(all.toArray(new String[0]));
  }

  private void join() {
    for (int i = 0; i < nodes.size(); i++) {
      List<String> slots = new ArrayList<>(List.of("ADDSLOTS"));
      for (int slot = SLOTS * i / nodes.size(); slot < SLOTS * (i + 1) / nodes.size(); slot++) {
        slots.add(Integer.toString(slot));
      }
      nodes.get(i).call("CLUSTER", slots.toArray(new String[0]));
      nodes.get(0).call("CLUSTER", "MEET", "127.0.0.1", Integer.toString(nodes.get(i).port()));
    }
    Instant late = Instant.now().plus(PATIENCE);
    while (!nodes.stream().allMatch(this::agrees)) {
      if (Instant.now().isAfter(late)) {
        throw new IllegalStateException("the nodes do not agree");
      }
    }
    // From here on none is taken for gone because the machine stood still for a while.
    nodes.forEach(node -> node.call("CONFIG", "SET", "cluster-node-timeout", "3600000"));
  }

  private boolean agrees(RedisServer node) {
    String info = node.text("CLUSTER", "INFO");
    return info.contains("cluster_state:ok")
        && ((List<?>) node.call("CLUSTER", "SLOTS")).size() == nodes.size();
  }

  /** The nodes, by their slots. */
  public List<RedisServer> nodes() {
    return nodes;
  }

  /** Runs a command at the node that holds its key. */
  public Object call(String command, String... arguments) {
    try {
      return nodes.get(0).call(command, arguments);
    } catch (JedisMovedDataException e) {
      int port = e.getTargetNode().getPort();
      return nodes.stream()
          .filter(node -> node.port() == port)
          .findFirst()
          .orElseThrow()
          .call(command, arguments);
    }
  }

  @Override
  public void close() {
    nodes.forEach(RedisServer::close);
  }
}
