package dev.godwit.loader.postgresql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.godwit.spi.dataset.SchemaObject;
import dev.godwit.testkit.server.PostgresServer;
import java.util.List;
import java.util.stream.Stream;

/** The scripts that make each kind of object, and what becomes of them. */
final class Kinds {
  private Kinds() {}

  /** Those that every server knows. */
  static Stream<String> all() {
    return Stream.of(
        "schemas",
        "extensions",
        "types",
        "functions",
        "aggregates",
        "sequences",
        "tables",
        "partitions",
        "constraints",
        "views",
        "materialized-views",
        "triggers",
        "policies",
        "owners",
        "operators",
        "text",
        "foreign",
        "replication",
        "settings",
        "large-objects",
        "brought",
        "database",
        "public-anew",
        "public-given",
        "public-closed",
        "names",
        "odd",
        "transforms");
  }

  /** The newest server has kinds of its own. */
  static Stream<String> ofTheNewest() {
    return Stream.concat(all(), Stream.of("since-18"));
  }

  /** Lists of columns and conditions of publications, and whole schemas in them, are of 15. */
  static Stream<String> ofFourteen() {
    return all().filter(kind -> !kind.equals("replication"));
  }

  /** Makes the objects of a kind in a new database; its name. */
  static String make(String kind, PostgresServer server) throws Exception {
    String database = server.createDatabase();
    Databases.run(server, database, Databases.script("kinds/" + kind + ".sql"));
    return database;
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
