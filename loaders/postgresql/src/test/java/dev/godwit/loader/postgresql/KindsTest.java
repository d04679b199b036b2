package dev.godwit.loader.postgresql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.godwit.spi.dataset.SchemaObject;
import dev.godwit.testkit.server.PostgresServer;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each kind of object comes back from a restore as pg_dump and the catalogue saw it before. */
class KindsTest {
  private static PostgresServer fourteen;
  private static PostgresServer fifteen;

  @BeforeAll
  static void start() {
    fourteen = PostgresServer.start("14", Map.of());
    fifteen = PostgresServer.start("15", Map.of());
    Databases.makeRoles(fourteen);
    Databases.makeRoles(fifteen);
  }

  @AfterAll
  static void stop() {
    fifteen.close();
    fourteen.close();
  }

  static Stream<String> kinds() {
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
  static Stream<String> kindsOfTheNewest() {
    return Stream.concat(kinds(), Stream.of("since-18"));
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void isTheSameToPgDump(String kind) throws Exception {
    PgDump.require();
    String source = fifteen.createDatabase();
    String target = fifteen.createDatabase();
    Databases.run(fifteen, source, Databases.script("kinds/" + kind + ".sql"));
    try (Restore restore = new Restore(fifteen.uri(source), fifteen.uri(target))) {
      assertThat(restore.obstacles()).isEmpty();
      restore.all();
    }
    PgDump.assertSame(PgDump.schema(fifteen, target), PgDump.schema(fifteen, source));
    assertThat(definitions(fifteen, target))
        .containsExactlyInAnyOrderElementsOf(definitions(fifteen, source));
  }

  @ParameterizedTest
  @MethodSource("kindsOfTheNewest")
  void isTheSameInTheNewestServer(String kind) throws Exception {
    PostgresServer newest = PostgresServer.shared();
    Databases.makeRoles(newest);
    String source = newest.createDatabase();
    String target = newest.createDatabase();
    Databases.run(newest, source, Databases.script("kinds/" + kind + ".sql"));
    try (Restore restore = new Restore(newest.uri(source), newest.uri(target))) {
      assertThat(restore.obstacles()).isEmpty();
      restore.all();
    }
    assertThat(CatalogueLines.of(newest, target))
        .containsExactlyElementsOf(CatalogueLines.of(newest, source));
    assertThat(definitions(newest, target))
        .containsExactlyInAnyOrderElementsOf(definitions(newest, source));
  }

  /** Lists of columns and conditions of publications, and whole schemas in them, are of 15. */
  static Stream<String> kindsOfFourteen() {
    return kinds().filter(kind -> !kind.equals("replication"));
  }

  @Test
  void rowsOfMaterializedViewsAreThere() throws Exception {
    String source = fifteen.createDatabase();
    String target = fifteen.createDatabase();
    Databases.run(fifteen, source, Databases.script("kinds/materialized-views.sql"));
    try (Restore restore = new Restore(fifteen.uri(source), fifteen.uri(target))) {
      restore.all();
    }
    for (String view : List.of("z", "b", "keyed")) {
      assertThat(Databases.ask(fifteen, target, "select count(*) from app." + view)).isEqualTo("2");
    }
  }

  @Test
  void secretsAreCarriedWhereAskedForOnly() throws Exception {
    PgDump.require();
    String source = fifteen.createDatabase();
    String target = fifteen.createDatabase();
    Databases.run(fifteen, source, Databases.script("kinds/secrets.sql"));
    assertThat(Databases.objects(fifteen, source).toString()).doesNotContain("top secret");
    try (Restore restore =
        new Restore(fifteen.uri(source) + "?with-secrets=true", fifteen.uri(target))) {
      restore.all();
    }
    assertThat(Databases.ask(fifteen, target, "select umoptions::text from pg_user_mappings"))
        .contains("top secret too");
    assertThat(
            Databases.ask(
                fifteen,
                target,
                "select concat_ws(' ', subconninfo, subenabled, subslotname, subbinary)"
                    + " from pg_subscription s join pg_database d on d.oid = s.subdbid"
                    + " where d.datname = current_database()"))
        .isEqualTo("host=127.0.0.1 port=1 dbname=x password='top secret' f slot t");
    PgDump.assertSame(PgDump.schema(fifteen, target), PgDump.schema(fifteen, source));
  }

  @ParameterizedTest
  @MethodSource("kindsOfFourteen")
  void comesBackFromFourteenInTheNewest(String kind) throws Exception {
    PostgresServer newest = PostgresServer.shared();
    Databases.makeRoles(newest);
    String source = fourteen.createDatabase();
    String target = newest.createDatabase();
    Databases.run(fourteen, source, Databases.script("kinds/" + kind + ".sql"));
    try (Restore restore = new Restore(fourteen.uri(source), newest.uri(target))) {
      assertThat(restore.obstacles()).isEmpty();
      restore.all();
    }
  }

  private static List<String> definitions(PostgresServer server, String database) throws Exception {
    return Databases.objects(server, database).stream().map(SchemaObject::definition).toList();
  }
}
