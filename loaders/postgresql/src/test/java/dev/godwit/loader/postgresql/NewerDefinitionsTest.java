package dev.godwit.loader.postgresql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.godwit.extractor.postgresql.schema.graph.Attributes;
import dev.godwit.spi.dataset.SchemaObject;
import dev.godwit.spi.load.LoadRun.NotMade;
import dev.godwit.spi.load.Loader.Obstacle;
import dev.godwit.testkit.server.PostgresServer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What an old server does not understand is named before anything is written. */
class NewerDefinitionsTest {
  private static PostgresServer old;

  private final PostgresServer newest = PostgresServer.shared();
  private final String source = newest.createDatabase();

  @BeforeAll
  static void start() throws Exception {
    old = PostgresServer.start("14", Map.of());
  }

  @AfterAll
  static void stop() throws Exception {
    old.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "15|foreign key:public.c.c_a_b_fkey|create table p (a int, b int, primary key (a, b));"
            + " create table c (a int, b int,"
            + " foreign key (a, b) references p on delete set null (b))",
        "18|foreign key:public.c.c_a_fkey|create table p (a int primary key);"
            + " create table c (a int references p not enforced)",
        "15|table:public.a|create table a (n numeric(3,-2))",
        "15|table:public.a|create table a (n numeric(2,5)[])",
        "17|table:public.a|create table a (i int) partition by list (i) using heap",
        "18|table:public.a|create table a (i int) with (autovacuum_vacuum_max_threshold = 7)",
        "17|constraint:public.a.x|create table a (i int, constraint x exclude using btree (i with =))"
            + " partition by list (i)",
        "15|publication:p|create table a (i int primary key, j int);"
            + " create publication p for table a (i)",
        "15|publication:p|create table a (i int primary key);"
            + " create publication p for table a where (i > 1)",
        "15|publication:p|create publication p for tables in schema public",
        "17|subscription:s|create subscription s connection 'dbname=x' publication p"
            + " with (connect = false, failover = true)",
        "16|subscription:s|create subscription s connection 'dbname=x' publication p"
            + " with (connect = false, streaming = parallel)",
        "15|subscription:s|create subscription s connection 'dbname=x' publication p"
            + " with (connect = false, streaming = off, two_phase = true)",
        "17|event trigger:e|create function f() returns event_trigger language plpgsql"
            + " as 'begin end'; create event trigger e on login execute function f();"
            + " alter event trigger e disable",
        "17|privileges:TABLE public.a of 17|create table a (i int); grant all on a to pg_monitor",
        "17|privileges:TABLE public.a of 17|create table a (i int);"
            + " revoke maintain on a from current_user",
        "17|default privileges:FOR ROLE postgres ON TABLES of 17|"
            + "alter default privileges grant all on tables to pg_monitor",
        "18|default privileges:FOR ROLE postgres ON LARGE OBJECTS of 18|"
            + "alter default privileges grant select on large objects to pg_monitor",
        "17|privileges:TABLE pg_authid of 17|" + "grant maintain on pg_authid to pg_monitor",
      })
  void isNamedAndCanBeGoneOnWithout(int since, String id, String sql) throws Exception {
    newest.execute(source, "create table kept (i int); insert into kept values (7)");
    newest.execute(source, sql);
    String target = old.createDatabase();

    List<Obstacle> obstacles;
    try (Restore restore = new Restore(newest.uri(source), old.uri(target))) {
      obstacles = restore.loader.inspect(restore.plan());
    }
    assertThat(obstacles)
        .singleElement()
        .satisfies(
            obstacle -> {
              assertThat(obstacle.what()).endsWith(" needs PostgreSQL " + since + " or newer");
              assertThat(obstacle.hint()).endsWith("what is refused with --keep-going");
            });

    try (Restore restore = new Restore(newest.uri(source), old.uri(target) + "?keep-going=true")) {
      assertThat(restore.obstacles()).isEmpty();
      assertThat(restore.all().notMade())
          .filteredOn(NotMade::failed)
          .extracting(NotMade::id)
          .containsExactly(id);
    }
    assertThat(Databases.ask(old, target, "select i from public.kept")).isEqualTo("7");
  }

  @Test
  void soIsASettingOfWhichAServerKnowsNothing() throws Exception {
    newest.execute(source, "create table t (i int)");
    for (String setting :
        List.of("transaction_timeout = '1h'", "my.own = 'x'", "role = postgres")) {
      newest.execute(source, "alter database \"" + source + "\" set " + setting);
    }
    String target = old.createDatabase();
    try (Restore restore = new Restore(newest.uri(source), old.uri(target))) {
      assertThat(restore.obstacles())
          .singleElement()
          .asString()
          .startsWith("the target's server has no parameter transaction_timeout");
    }
    try (Restore restore = new Restore(newest.uri(source), old.uri(target) + "?keep-going=true")) {
      assertThat(restore.obstacles()).isEmpty();
      assertThat(restore.all().notMade()).singleElement().matches(NotMade::failed);
    }
    assertThat(Databases.ask(old, target, "show my.own")).isEqualTo("x");
  }

  /** A role that the server itself brings is carried by nobody. */
  @Test
  void soIsTheMembershipOfARoleThatLaterServersBring() {
    newest.execute(source, "create table t (i int); create role newer_keeper");
    newest.execute(source, "grant pg_maintain to newer_keeper");
    try (Restore restore =
            new Restore(newest.uri(source) + "?roles=true", newest.uri(newest.createDatabase()));
        Stream<SchemaObject> objects = restore.plan().catalogue().objects()) {
      assertThat(objects.filter(o -> o.id().equals("membership:newer_keeper of pg_maintain")))
          .singleElement()
          .extracting(o -> o.attribute(Attributes.SINCE))
          .isEqualTo(Optional.of("17"));
    } finally {
      newest.execute(source, "drop role newer_keeper");
    }
  }
}
