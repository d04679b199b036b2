package dev.godwit.loader.redis.write;

import dev.godwit.extractor.redis.session.RedisConnection;
import dev.godwit.extractor.redis.session.RedisServer;
import dev.godwit.extractor.redis.value.Records;
import redis.clients.jedis.exceptions.JedisDataException;

/**
 * What a server can do.
 *
 * @param name what it is and where, for people
 * @param restore whether it takes payloads; some services forbid that
 * @param setUntil whether {@code SET} takes an expiry in absolute milliseconds (6.2)
 * @param consumers whether consumers are made by a command of their own (6.2)
 * @param fieldExpiry whether fields of hashes expire (Redis 7.4, Valkey 9)
 * @param modules which of them it has, where that must be known
 * @param newestStream the newest type of streams that it knows, as {@code rdb.h} numbers it
 */
public record Abilities(
    String name,
    boolean restore,
    boolean setUntil,
    boolean consumers,
    boolean fieldExpiry,
    Modules modules,
    int newestStream) {

  /** Asks a server. */
  public static Abilities of(RedisServer server, RedisConnection connection) {
    String valkey = server.text("valkey_version");
    String name = (valkey.isEmpty() ? "Redis " : "Valkey ") + server.version();
    return new Abilities(
        server.host() + " (" + name + ")",
        restores(connection),
        server.atLeast(6, 2),
        server.atLeast(6, 2),
        server.atLeast(7, 4) || valkey.matches("(9|[1-9][0-9]+)[.].*"),
        Modules.of(!server.atLeast(6, 2), connection),
        server.atLeast(7, 2) ? 21 : server.atLeast(7, 0) ? 19 : 15);
  }

  /**
   * Offers what is no payload: a server that takes payloads says so without having done anything.
   */
  private static boolean restores(RedisConnection connection) {
    try {
      Object ignored = connection.ask("RESTORE", Records.LEDGER, "0", "no payload");
      return true;
    } catch (JedisDataException e) {
      String said = String.valueOf(e.getMessage());
      return !said.startsWith("NOPERM") && !said.contains("unknown command");
    }
  }
}
