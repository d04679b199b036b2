package dev.godwit.loader.redis;

import dev.godwit.extractor.redis.session.RedisConnection;
import dev.godwit.extractor.redis.session.RedisServer;
import dev.godwit.loader.redis.slot.Nodes;
import dev.godwit.spi.error.ExitCode;
import dev.godwit.spi.error.GodwitException;
import java.util.Optional;

/**
 * Watches that a server with bounded memory does not drop keys while they are loaded. Nobody can
 * say beforehand what keys will take in its memory, and a cache that is to be warmed evicts on
 * purpose; so such a server is loaded, and what it evicted since the load began, it counts itself.
 *
 * @see <a href="https://redis.io/docs/latest/develop/reference/eviction/">Key eviction</a>
 */
final class Eviction {
  private static final String COUNTER = "evicted_keys";
  private static final String BEFORE = "evicted before";
  private static final String NEVER = "noeviction";

  private final RedisServer server;
  private final Nodes nodes;
  private final long before;

  /** Begins to watch; a load that is gone on with was begun to be watched earlier. */
  Eviction(RedisServer server, Nodes nodes, Ledger ledger) {
    this.server = server;
    this.nodes = nodes;
    Optional<String> noted = ledger.get(BEFORE);
    if (noted.isEmpty()) {
      this.before = evicted();
      ledger.put(BEFORE, Long.toString(before));
    } else {
      this.before = Long.parseLong(noted.get());
    }
  }

  /** What a person should know beforehand; empty where nothing can be evicted. */
  static Optional<String> warning(RedisServer server) {
    String policy = server.told("maxmemory_policy");
    boolean bounded = !server.told("maxmemory").equals("0") && !server.told("maxmemory").isEmpty();
    return bounded && !policy.isEmpty() && !policy.equals(NEVER)
        ? Optional.of(
            "%s evicts keys (maxmemory-policy %s) once they take %s: if it does, the load fails"
                .formatted(server.host(), policy, server.told("maxmemory_human")))
        : Optional.empty();
  }

  private long evicted() {
    long all = 0;
    for (int node = 0; node < nodes.count(); node++) {
      try (RedisConnection connection = nodes.connect(node, 0)) {
        all += Math.max(0, RedisServer.number(connection, COUNTER));
      }
    }
    return all;
  }

  /**
   * Looks.
   *
   * @throws GodwitException {@code FAILED} where keys were evicted
   */
  void check() {
    long now = evicted();
    long since = now < before ? now : now - before; // a server that was restarted counts anew
    if (since > 0) {
      throw new GodwitException(
          ExitCode.FAILED,
          "%s evicted %d keys while they were loaded: maxmemory is %s, maxmemory-policy %s"
              .formatted(
                  server.host(),
                  since,
                  server.told("maxmemory_human"),
                  server.told("maxmemory_policy")),
          "raise maxmemory, or load less with --include; then empty the target and load again");
    }
  }
}
