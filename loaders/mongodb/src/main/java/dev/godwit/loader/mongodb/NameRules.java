package dev.godwit.loader.mongodb;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Which names a server takes.
 *
 * @see <a href="https://www.mongodb.com/docs/manual/reference/limits/#naming-restrictions">Naming
 *     restrictions</a>
 */
final class NameRules {
  /** Bytes of a database and a collection, with the dot between them, from 4.4 on. */
  private static final int LONGEST = 255;

  /** Before 4.4. */
  private static final int LONGEST_BEFORE = 120;

  /** The wire protocol of 4.4. */
  private static final int LONGER_NAMES = 9;

  /** The wire protocol of 5.0, which takes fields whose names begin with a dollar. */
  private static final int DOLLAR_FIELDS = 13;

  private static final int LONGEST_DATABASE = 63;

  /** A server on Windows takes a few more for wrong, and says so itself. */
  private static final String NOT_IN_DATABASES = "/\\. \"$\0";

  private NameRules() {}

  /** What is wrong with a database's name; empty where nothing is. */
  static Optional<String> ofDatabase(String name) {
    if (name.isEmpty()) {
      return Optional.of("is empty");
    } else if (bytes(name) > LONGEST_DATABASE) {
      return Optional.of("is longer than " + LONGEST_DATABASE + " bytes");
    }
    return name.chars()
        .filter(c -> NOT_IN_DATABASES.indexOf(c) >= 0)
        .mapToObj(c -> c == 0 ? "holds a zero byte" : "holds '" + (char) c + "'")
        .findFirst();
  }

  /**
   * What is wrong with a collection's name; empty where nothing is.
   *
   * @param wireVersion the newest protocol that the server speaks
   */
  static Optional<String> ofCollection(String database, String name, int wireVersion) {
    int longest = wireVersion >= LONGER_NAMES ? LONGEST : LONGEST_BEFORE;
    if (name.isEmpty()) {
      return Optional.of("is empty");
    } else if (name.startsWith("system.") || name.contains(".system.")) {
      return Optional.of("is one of the server's own, with 'system.'");
    } else if (name.indexOf('$') >= 0) {
      return Optional.of("holds '$'");
    } else if (name.indexOf(0) >= 0) {
      return Optional.of("holds a zero byte");
    } else if (name.startsWith(".")) {
      return Optional.of("begins with a dot");
    } else if (bytes(database) + 1 + bytes(name) > longest) {
      return Optional.of("is, with the database's, longer than " + longest + " bytes");
    }
    return Optional.empty();
  }

  /**
   * Whether a field whose name begins with a dollar is refused.
   *
   * @param path where it stands in the document; within an {@code _id} no server takes it
   * @param wireVersion the newest protocol that the server speaks
   */
  static boolean refusesDollarField(String path, int wireVersion) {
    return path.startsWith("_id.") || wireVersion < DOLLAR_FIELDS;
  }

  private static int bytes(String name) {
    return name.getBytes(StandardCharsets.UTF_8).length;
  }
}
