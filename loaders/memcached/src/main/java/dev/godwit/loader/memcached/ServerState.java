package dev.godwit.loader.memcached;

import dev.godwit.extractor.memcached.session.MemcachedConnection;
import dev.godwit.extractor.memcached.session.MemcachedServer;
import dev.godwit.spi.error.ExitCode;
import dev.godwit.spi.error.GodwitException;
import java.io.IOException;
import java.util.Map;
import java.util.UUID;

/**
 * A server as a load began: its clock, how many items it had given up, and the CAS number from
 * which on items are written by this load, or beside it.
 */
final class ServerState {
  private final MemcachedServer server;
  private final long clock;
  private final long clockRead;
  private final long evicted;
  private final long cas;

  private ServerState(MemcachedServer server, Map<String, String> statistics, long cas) {
    this.server = server;
    this.clock = MemcachedServer.number(statistics, "time");
    this.clockRead = System.nanoTime();
    this.evicted = evicted(statistics);
    this.cas = cas;
  }

  /**
   * Asks a server.
   *
   * @param replacing whether items that are there are to be told from those of this load. The
   *     server numbers its writes, so one is made, and taken back
   */
  static ServerState of(MemcachedServer server, boolean replacing) {
    return new ServerState(server, server.statistics(), replacing ? write(server) : 0);
  }

  private static long write(MemcachedServer server) {
    String key = "godwit:" + UUID.randomUUID();
    try (MemcachedConnection connection = server.connect()) {
      connection.send("ms " + key + " 0 T60 c");
      String stored = connection.ask("").strip(); // older servers end lines with a blank
      if (!stored.matches("HD c[0-9]{1,18}")) {
        throw server.failures().refused("cannot write to " + server.host(), stored);
      }
      String deleted = connection.ask("md " + key);
      if (!deleted.startsWith("HD")) {
        throw server.failures().refused("cannot delete from " + server.host(), deleted);
      }
      return Long.parseLong(stored.substring("HD c".length()));
    } catch (IOException e) {
      throw server.failures().lost(e);
    }
  }

  private static long evicted(Map<String, String> statistics) {
    return MemcachedServer.number(statistics, "evictions")
        + MemcachedServer.number(statistics, "slab_reassign_evictions_nomem");
  }

  MemcachedServer server() {
    return server;
  }

  /** The server's clock, seconds since 1970. */
  long now() {
    return clock + (System.nanoTime() - clockRead) / 1_000_000_000;
  }

  /** Whether an item with this CAS number was there before the load. */
  boolean isOlder(long other) {
    return Long.compareUnsigned(other, cas) <= 0;
  }

  /**
   * Checks that all that was written is there still.
   *
   * @throws GodwitException {@code NOT_WHOLE} where the server gave up items to make room
   */
  void checkMemory() {
    Map<String, String> statistics = server.statistics();
    long lost = evicted(statistics) - evicted;
    if (lost > 0) {
      long most = MemcachedServer.number(statistics, "limit_maxbytes") >> 20;
      throw new GodwitException(
          ExitCode.NOT_WHOLE,
          server.host() + " gave up " + lost + " items during the load: its memory is too small",
          "give it more than " + most + " MB (-m), empty it (flush_all) and begin anew");
    }
  }
}
