package dev.godwit.extractor.redis.read;

import dev.godwit.extractor.redis.read.ReadOptions.Way;
import dev.godwit.extractor.redis.session.RedisConnection;
import dev.godwit.extractor.redis.session.RedisServer;
import dev.godwit.spi.error.ExitCode;
import dev.godwit.spi.error.GodwitException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import redis.clients.jedis.exceptions.JedisDataException;

/**
 * Whether a server lets its data be read as by a replica, and why not.
 *
 * @param refusal why not; empty where it does
 */
public record Reach(Optional<String> refusal) {

  /**
   * Asks the server, as far as it can be asked without joining.
   *
   * @throws GodwitException {@code SOURCE_UNREACHABLE} where joining is demanded and refused
   */
  public static Reach of(RedisServer server, Way way) {
    if (way == Way.SCAN) {
      return new Reach(Optional.of("by SCAN, as told"));
    }
    try (RedisConnection connection = server.connect()) {
      Optional<String> refusal = refusal(server, connection);
      if (way == Way.REPLICA && refusal.isPresent()) {
        throw refused(server, refusal.get());
      }
      return new Reach(refusal);
    }
  }

  static GodwitException refused(RedisServer server, String why) {
    return new GodwitException(
        ExitCode.SOURCE_UNREACHABLE,
        server.host() + " does not let us join as a replica: " + why,
        "let the user run it: ACL SETUSER name +psync +replconf; or read with ?reading=scan");
  }

  private static Optional<String> refusal(RedisServer server, RedisConnection connection) {
    try {
      List<?> known = (List<?>) connection.ask("COMMAND", "INFO", "PSYNC");
      if (known.isEmpty() || known.get(0) == null || ((List<?>) known.get(0)).isEmpty()) {
        return Optional.of("it has no command PSYNC");
      }
    } catch (JedisDataException e) {
      // It cannot be asked; joining will tell.
    }
    return server.atLeast(7, 0) ? dryRun(connection) : Optional.empty();
  }

  private static Optional<String> dryRun(RedisConnection connection) {
    try {
      String user = text(connection.ask("ACL", "WHOAMI"));
      for (List<String> command :
          List.of(List.of("PSYNC", "?", "-1"), List.of("REPLCONF", "capa", "eof"))) {
        String[] arguments = new String[command.size() + 2];
        arguments[0] = "DRYRUN";
        arguments[1] = user;
        for (int i = 0; i < command.size(); i++) {
          arguments[i + 2] = command.get(i);
        }
        if (!text(connection.ask("ACL", arguments)).equals("OK")) {
          return Optional.of("the user may not run " + command.get(0));
        }
      }
    } catch (JedisDataException e) {
      // It cannot be asked; joining will tell.
    }
    return Optional.empty();
  }

  private static String text(Object answer) {
    return new String((byte[]) answer, StandardCharsets.UTF_8);
  }

  /** Whether one instant can be shown. */
  public boolean asReplica() {
    return refusal.isEmpty();
  }
}
