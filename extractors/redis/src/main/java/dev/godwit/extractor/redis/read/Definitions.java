package dev.godwit.extractor.redis.read;

import dev.godwit.extractor.redis.session.RedisConnection;
import dev.godwit.extractor.redis.session.RedisServer;
import dev.godwit.spi.dataset.SchemaObject;
import dev.godwit.spi.dataset.SchemaObject.Phase;
import dev.godwit.spi.name.DatasetName;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import redis.clients.jedis.exceptions.JedisDataException;

/**
 * What a server has beside its keys: libraries of functions (from 7.0 on), by their code; users
 * (from 6.0 on), by the words that {@code ACL SETUSER} takes, passwords as SHA-256.
 */
public final class Definitions {
  /** Kind: a library of functions; its definition is its code. */
  public static final String LIBRARY = "function library";

  /** Kind: a user; its definition are the rules that {@code ACL SETUSER} takes. */
  public static final String USER = "user";

  /** Attribute: the code in base64, where it is no UTF-8 and its text would be other code. */
  private static final String BYTES = "bytes";

  private final List<SchemaObject> objects = new ArrayList<>();
  private final SortedMap<String, Long> notCarried = new TreeMap<>();

  /**
   * Asks the server.
   *
   * @param whole whether the whole server is read: what is beside the keys belongs to no database
   */
  Definitions(
      RedisServer server,
      RedisConnection connection,
      boolean whole,
      boolean users,
      Consumer<String> warnings) {
    if (whole && server.atLeast(7, 0)) {
      libraries(connection, warnings);
    }
    if (whole && server.atLeast(6, 0)) {
      users(connection, users);
    }
  }

  private void libraries(RedisConnection connection, Consumer<String> warnings) {
    List<?> libraries;
    try {
      libraries = (List<?>) connection.ask("FUNCTION", "LIST", "WITHCODE");
    } catch (JedisDataException e) {
      warnings.accept("functions are left out: the user may not run FUNCTION LIST");
      return;
    }
    for (Object library : libraries) {
      List<?> parts = (List<?>) library;
      Map<String, Object> told = new TreeMap<>();
      for (int i = 0; i + 1 < parts.size(); i += 2) {
        told.put(text(parts.get(i)), parts.get(i + 1));
      }
      byte[] code = (byte[]) told.get("library_code");
      boolean isText = Arrays.equals(text(code).getBytes(StandardCharsets.UTF_8), code);
      add(
          LIBRARY,
          text(told.get("library_name")),
          text(code),
          Phase.BEFORE_DATA,
          isText ? Map.of() : Map.of(BYTES, Base64.getEncoder().encodeToString(code)));
    }
  }

  /** The code of a library, to the byte. */
  public static byte[] code(SchemaObject library) {
    return library
        .attribute(BYTES)
        .map(Base64.getDecoder()::decode)
        .orElseGet(() -> library.definition().getBytes(StandardCharsets.UTF_8));
  }

  private void users(RedisConnection connection, boolean carried) {
    List<?> users;
    try {
      users = (List<?>) connection.ask("ACL", "LIST");
    } catch (JedisDataException e) {
      if (carried) {
        throw connection.failures().of("cannot read the users", "ACL", e);
      }
      return;
    }
    for (Object user : users) { // user NAME on ...
      String line = text(user).substring("user ".length());
      int space = line.indexOf(' ');
      String name = line.substring(0, space);
      if (!name.equals("default") && carried) {
        add(USER, name, line.substring(space + 1), Phase.LAST, Map.of());
      } else if (!name.equals("default")) {
        notCarried.merge("users", 1L, Long::sum);
      }
    }
  }

  private void add(
      String kind, String name, String definition, Phase phase, Map<String, String> attributes) {
    objects.add(
        new SchemaObject(
            kind + ":" + name,
            kind,
            DatasetName.of(name),
            definition,
            List.of(),
            phase,
            List.of(),
            attributes));
  }

  private static String text(Object answer) {
    return new String((byte[]) answer, StandardCharsets.UTF_8);
  }

  /** All of them, those that come before the data first. */
  List<SchemaObject> objects() {
    return objects.stream()
        .sorted(Comparator.comparing(SchemaObject::phase).thenComparing(SchemaObject::id))
        .toList();
  }

  /** What is there and is not carried. */
  SortedMap<String, Long> notCarried() {
    return notCarried;
  }
}
