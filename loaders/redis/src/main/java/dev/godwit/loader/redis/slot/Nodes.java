package dev.godwit.loader.redis.slot;

import dev.godwit.extractor.redis.session.RedisConnection;
import dev.godwit.extractor.redis.session.RedisServer;
import dev.godwit.spi.error.ExitCode;
import dev.godwit.spi.error.GodwitException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The servers that hold the keys: one, or the primaries of a cluster, each some of the slots. */
public final class Nodes {
  private static final int NOBODY = -1;

  private final RedisServer server;
  private final List<Node> primaries = new ArrayList<>();
  private final int[] bySlot = new int[Slots.COUNT];

  private record Node(String host, int port) {}

  private Nodes(RedisServer server) {
    this.server = server;
  }

  /**
   * Asks a server.
   *
   * @throws GodwitException {@code FAILED} where a cluster has slots that no node holds
   */
  public static Nodes of(RedisServer server) {
    Nodes nodes = new Nodes(server);
    if (server.clustered()) {
      nodes.learn();
    }
    return nodes;
  }

  private void learn() {
    Arrays.fill(bySlot, NOBODY);
    try (RedisConnection connection = server.connect()) {
      Object slots = connection.call("cannot learn who holds which slots", "CLUSTER", "SLOTS");
      for (Object one : (List<?>) slots) {
        List<?> range = (List<?>) one;
        List<?> primary = (List<?>) range.get(2);
        // A node that does not know its own address says none, or "?": then it is the one asked.
        String told =
            primary.get(0) instanceof byte[] name ? new String(name, StandardCharsets.UTF_8) : "";
        boolean unknown = told.isEmpty() || told.equals("?");
        Node node =
            new Node(
                unknown ? server.host().substring(0, server.host().lastIndexOf(':')) : told,
                (int) (long) (Long) primary.get(1));
        if (!primaries.contains(node)) {
          primaries.add(node);
        }
        int from = (int) (long) (Long) range.get(0);
        int to = (int) (long) (Long) range.get(1);
        Arrays.fill(bySlot, from, to + 1, primaries.indexOf(node));
      }
    }
    if (Arrays.stream(bySlot).anyMatch(node -> node == NOBODY)) {
      throw new GodwitException(
          ExitCode.FAILED,
          "the cluster of " + server.host() + " has slots that no node holds",
          "give every slot a node: redis-cli --cluster fix " + server.host());
    }
  }

  /** How many there are. */
  public int count() {
    return Math.max(1, primaries.size());
  }

  /** Which of them holds a key that lies among other bytes. */
  public int holding(byte[] bytes, int offset, int length) {
    return primaries.isEmpty() ? 0 : bySlot[Slots.of(bytes, offset, length)];
  }

  /** Connects to a database of one of them. */
  public RedisConnection connect(int node, int database) {
    return primaries.isEmpty()
        ? server.connect(database)
        : server.connectTo(primaries.get(node).host(), primaries.get(node).port());
  }

  /** Connects to a database of the one that holds a key. */
  public RedisConnection holding(String key, int database) {
    byte[] bytes = key.getBytes(StandardCharsets.UTF_8);
    return connect(holding(bytes, 0, bytes.length), database);
  }
}
