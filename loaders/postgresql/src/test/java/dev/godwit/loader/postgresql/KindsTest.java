package dev.godwit.loader.postgresql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.godwit.testkit.server.PostgresServer;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each kind of object comes back from a restore as pg_dump saw it before. */
class KindsTest {
  private static PostgresServer fifteen;

  @BeforeAll
  static void start() {
    fifteen = PostgresServer.start("15", Map.of());
    Databases.makeRoles(fifteen);
  }

  @AfterAll
  static void stop() {
    fifteen.close();
  }

  @ParameterizedTest
  @MethodSource("dev.godwit.loader.postgresql.Kinds#all")
  void areTheSameToPgDump(List<String> kinds) throws Exception {
    PgDump.require();
    String source = Kinds.make(kinds, fifteen);
    String target = fifteen.createDatabase();
    Kinds.restore(fifteen.uri(source), fifteen.uri(target));
    PgDump.assertSame(PgDump.schema(fifteen, target), PgDump.schema(fifteen, source));
    assertThat(Kinds.definitions(fifteen, target))
        .containsExactlyInAnyOrderElementsOf(Kinds.definitions(fifteen, source));
  }

  @Test
  void rowsOfMaterializedViewsAreThere() throws Exception {
    String source = Kinds.make(List.of("materialized-views"), fifteen);
    String target = fifteen.createDatabase();
    try (Restore restore = new Restore(fifteen.uri(source), fifteen.uri(target))) {
      restore.all();
    }
    for (String view : List.of("z", "b", "keyed")) {
      assertThat(
              Databases.ask(fifteen, target, "select count(*) from app_materialized_views." + view))
          .isEqualTo("2");
    }
  }

  @Test
  void secretsAreCarriedWhereAskedForOnly() throws Exception {
    PgDump.require();
    String source = Kinds.make(List.of("secrets"), fifteen);
    String target = fifteen.createDatabase();
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
}
