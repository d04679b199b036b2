package dev.godwit.loader.postgresql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.godwit.spi.dataset.SchemaObject;
import dev.godwit.testkit.server.PostgresServer;
import java.util.List;
import java.util.regex.Matcher;
import java.util.stream.Stream;

/** The scripts that make each kind of object, and what becomes of them. */
final class Kinds {
  private Kinds() {}

  /** Those that every server knows, by the databases that they are made in together. */
  static Stream<List<String>> all() {
    return Stream.of(
        List.of("schemas", "types", "functions", "aggregates", "operators", "text", "transforms"),
        List.of("tables", "partitions", "constraints", "sequences"),
        List.of("views", "materialized-views", "policies", "owners", "foreign", "replication"),
        List.of("extensions", "brought", "settings", "database", "large-objects"),
        List.of("triggers"),
        List.of("public-anew"),
        List.of("public-given"),
        List.of("public-closed"),
        List.of("names"),
        List.of("odd"));
  }

  /** The newest server has kinds of its own. */
  static Stream<List<String>> ofTheNewest() {
    return Stream.concat(all(), Stream.of(List.of("since-18")));
  }

  /** Lists of columns and conditions of publications, and whole schemas in them, are of 15. */
  static Stream<List<String>> ofFourteen() {
    return all().map(kinds -> kinds.stream().filter(k -> !k.equals("replication")).toList());
  }

  /**
   * Makes the objects of kinds in a new database, those of each in a schema of their own.
   *
   * @return the name of the database
   */
  static String make(List<String> kinds, PostgresServer server) throws Exception {
    String database = server.createDatabase();
    for (String kind : kinds) {
      Databases.run(server, database, script(kind, "app_" + kind.replace('-', '_')));
    }
    return database;
  }

  /** The script of a kind for a schema, whose name is quoted already. */
  static String script(String kind, String schema) {
    return Databases.script("kinds/" + kind + ".sql")
        .replaceAll("\\bapp\\b", Matcher.quoteReplacement(schema));
  }

  /** Restores one database into another, in whose way nothing may stand. */
  static void restore(String from, String to) {
    try (Restore restore = new Restore(from, to)) {
      assertThat(restore.obstacles()).isEmpty();
      restore.all();
    }
  }

  /** The definitions that a backup takes of a database. */
  static List<String> definitions(PostgresServer server, String database) throws Exception {
    return Databases.objects(server, database).stream().map(SchemaObject::definition).toList();
  }
}
