package dev.godwit.loader.redis;

import dev.godwit.extractor.redis.read.Definitions;
import dev.godwit.extractor.redis.session.RedisConnection;
import dev.godwit.extractor.redis.session.RedisServer;
import dev.godwit.loader.redis.write.IfExists;
import dev.godwit.spi.dataset.SchemaObject;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.stream.Stream;

/** Looks whether a server can take libraries of functions and users. Writes nothing. */
final class DefinitionsCheck {
  private final RedisServer server;
  private final RedisConnection connection;
  private final boolean refuses;

  DefinitionsCheck(
      RedisServer server, RedisConnection connection, IfExists ifExists, boolean resumed) {
    this.server = server;
    this.connection = connection;
    this.refuses = ifExists == IfExists.FAIL && !resumed;
  }

  /** Hands over what stands in the way, and what to do about it. */
  void look(Stream<SchemaObject> objects, BiConsumer<String, String> obstacle) {
    objects.forEach(
        object -> {
          String name = object.kind() + " " + object.name().last();
          boolean library = object.kind().equals(Definitions.LIBRARY);
          if (!server.atLeast(library ? 7 : 6, 0)) {
            obstacle.accept(
                name + " cannot be loaded: " + server.host() + " runs Redis " + server.version(),
                library
                    ? "functions need Redis 7.0 or newer: load there, or back up single databases"
                    : "users need Redis 6.0 or newer: back up without --roles");
          } else if (refuses && isThere(object, library)) {
            obstacle.accept(
                name + " is there already",
                "delete it, or say what becomes of it with --if-exists keep or replace");
          }
        });
  }

  private boolean isThere(SchemaObject object, boolean library) {
    String name = object.name().last();
    Object answer =
        library
            ? connection.call("cannot look for functions", "FUNCTION", "LIST", "LIBRARYNAME", name)
            : connection.call("cannot look for users", "ACL", "GETUSER", name);
    return answer instanceof List<?> found && !found.isEmpty();
  }
}
