package dev.godwit.loader.redis.write;

import dev.godwit.extractor.redis.session.RedisConnection;
import dev.godwit.spi.error.ExitCode;
import dev.godwit.spi.error.GodwitException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import redis.clients.jedis.exceptions.JedisDataException;

/**
 * Modules of a server. One before 6.2 ends itself where it is given a value of a type that it does
 * not know ({@code rdbLoadObject} of 5.0 and 6.0), so it is given none unless a module is loaded
 * that the type is named after. Later ones answer with an error.
 *
 * @param ends whether the server ends at a type that it does not know
 * @param names of those that are loaded, asked only then
 */
record Modules(boolean ends, List<String> names) {

  static Modules of(boolean ends, RedisConnection connection) {
    return new Modules(ends, ends ? loaded(connection) : List.of());
  }

  private static List<String> loaded(RedisConnection connection) {
    List<String> names = new ArrayList<>();
    try {
      for (Object module : (List<?>) connection.ask("MODULE", "LIST")) {
        names.add(new String((byte[]) ((List<?>) module).get(1), StandardCharsets.UTF_8));
      }
    } catch (JedisDataException e) {
      return List.of(); // forbidden, so none is known
    }
    return names;
  }

  /**
   * Refuses a value that could end the server.
   *
   * @param key as people read it
   * @param type of the value, such as {@code ReJSON-RL}
   * @param server what it is and where, for people
   */
  void require(String key, String type, String server) {
    String sought = type.toLowerCase(Locale.ROOT);
    if (ends && names.stream().noneMatch(n -> sought.startsWith(n.toLowerCase(Locale.ROOT)))) {
      throw new GodwitException(
          ExitCode.FAILED,
          "key %s is of the module type %s, and %s has no module of that name: it would end at it"
              .formatted(key, type, server),
          "load into Redis 6.2 or newer with the module, or leave the key out");
    }
  }
}
