package dev.godwit.loader.postgresql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.godwit.spi.error.ExitCode;
import dev.godwit.spi.error.GodwitException;
import dev.godwit.spi.load.LoadRun;
import dev.godwit.testkit.server.PostgresServer;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What stands in the way is found before anything is written. */
class ObstaclesTest {
  private final PostgresServer server = PostgresServer.shared();
  private final String source = server.createDatabase();
  private final String target = server.createDatabase();

  private Restore restore() {
    return new Restore(server.uri(source), server.uri(target));
  }

  @Test
  void whatIsThereAlreadyIsUsedAsItIs() throws Exception {
    server.execute(
        source,
        """
        create schema app;
        create extension citext schema app;
        create function app.tag(int) returns text language sql immutable as 'select $1::text';
        create function app."Odd"() returns int language sql as 'select 7';
        create collation app.german (provider = icu, locale = 'de-u-kn-true');
        create type app.pair as (a app.citext, b int);
        create table app.t (
          a int default app."Odd"(), b app.citext, c text collate app.german, d app.pair[]);
        create index on app.t (app.tag(a));
        """);
    server.execute(
        target,
        """
        create schema app;
        create extension citext schema app;
        create function app."Odd"() returns int language sql as 'select 7';
        create collation app.german (provider = icu, locale = 'de-u-kn-true');
        """);
    try (Restore restore = restore()) {
      assertThat(restore.obstacles()).isEmpty();
      assertThat(restore.all().notes())
          .contains("function app.\"Odd\"() was there already and is used as it was");
    }
    assertThat(Databases.ask(server, target, "insert into app.t (b) values ('x') returning a"))
        .isEqualTo("7");
  }

  @Test
  void whatIsThereAlreadyAndIsAnotherOne() throws Exception {
    server.execute(
        source,
        """
        create function pick(a int) returns int language sql as 'select 7';
        create function same(a int) returns int language sql as 'select a';
        create procedure act() language sql as 'select 1';
        create type mood as enum ('sad', 'happy');
        create sequence tickets increment 5;
        create table t (a int default pick(1) check (same(a) > 0), m mood,
          n int default nextval('tickets'));
        insert into t values (1, 'sad', 1);
        """);
    String other =
        """
        create function pick(b int) returns int language sql as 'select 8';
        create function same(a int) returns int language sql as 'select a';
        create procedure act() language sql as 'select 2';
        """;
    server.execute(target, other);
    try (Restore restore = restore()) {
      assertThat(restore.obstacles())
          .hasSize(2)
          .anyMatch(o -> o.startsWith("function public.pick(a integer) is in database"))
          .anyMatch(o -> o.startsWith("procedure public.act() is in database"))
          .allMatch(o -> o.endsWith("already, and is another one"));
    }
    server.execute(
        target,
        "drop function pick; drop procedure act; create type mood as enum ('happy', 'sad');"
            + " create sequence tickets");
    try (Restore restore =
        new Restore(server.uri(source), server.uri(target), Restore.only("t"))
            .renaming("public.t", "public.t2")) {
      assertThat(restore.obstacles())
          .hasSize(2)
          .anyMatch(o -> o.startsWith("type public.mood is in database"))
          .anyMatch(o -> o.startsWith("sequence public.tickets is in database"));
    }
  }

  @Test
  void aNewDatabaseGetsItsExtensions() throws Exception {
    server.execute(source, "create extension citext; create table t (b citext)");
    server.execute("postgres", "drop database " + target);
    try (Restore restore = restore()) {
      assertThatThrownBy(restore::obstacles)
          .isInstanceOfSatisfying(
              GodwitException.class,
              e -> assertThat(e.exitCode()).isEqualTo(ExitCode.TARGET_UNREACHABLE))
          .hasMessageContaining("does not exist");
    }
    try (Restore restore = restore().creating()) {
      assertThat(restore.obstacles()).isEmpty();
      restore.all();
    }
    assertThat(Databases.ask(server, target, "select pg_typeof(null::public.citext)::text"))
        .isEqualTo("public.citext");
  }

  @Test
  void aTargetThatIsNotEmpty() {
    server.execute(source, "create table t (a int)");
    server.execute(target, "create type mood as enum ('x')");
    try (Restore restore = restore()) {
      assertThat(restore.obstacles())
          .singleElement()
          .asString()
          .contains("is not empty: it holds type public.mood");
    }
  }

  @Test
  void rightsThatAreLacking() {
    server.execute(source, "create table t (a int)");
    server.execute(
        target,
        "drop role if exists poor; create role poor login; revoke create on schema public from"
            + " public");
    String uri = server.uri(target).replaceFirst("//[^@]*@", "//poor@");
    try (Restore restore = new Restore(server.uri(source), uri)) {
      assertThat(restore.obstacles())
          .hasSize(3)
          .allSatisfy(o -> assertThat(o).startsWith("user poor may not "))
          .contains("user poor may not give anything to role postgres");
    }
  }

  @Test
  void anotherLoadAtWork() {
    server.execute(source, "create table t (a int)");
    try (Restore one = restore();
        Restore two = restore().resuming();
        Restore three = restore();
        LoadRun load = one.loader.begin(one.plan())) {
      for (Restore other : List.of(two, three)) {
        assertThatThrownBy(() -> other.loader.begin(other.plan()).close())
            .hasMessageContaining("another load is writing to database")
            .isInstanceOfSatisfying(
                GodwitException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.LOCKED));
      }
      one.data(load);
      one.finish(load);
    }
  }

  @Test
  void aDefinitionThatIsTooNew() throws Exception {
    try (PostgresServer old = PostgresServer.start("14", java.util.Map.of())) {
      String older = old.createDatabase();
      server.execute(
          source,
          "create table t (a int, b int generated always as (a) virtual);"
              + " create table u (a int, unique nulls not distinct (a));"
              + " create role \"Lacking, here\"; alter table t owner to \"Lacking, here\"");
      try (Restore restore = new Restore(server.uri(source), old.uri(older))) {
        assertThat(restore.obstacles())
            .hasSize(3)
            .contains("role Lacking, here is needed and not carried")
            .anyMatch(o -> o.startsWith("table ") && o.contains("needs PostgreSQL 18"))
            .anyMatch(o -> o.startsWith("unique ") && o.contains("needs PostgreSQL 15"));
      }
      try (Restore restore = new Restore(server.uri(source), old.uri(older) + "?no-owner=true")) {
        assertThat(restore.obstacles()).hasSize(2);
      }
    }
  }

  /** That these are to be left out would be said again to who has done so. */
  @Test
  void aRoleThatMoreThanOwnersAndPrivilegesName() throws Exception {
    try (PostgresServer other = PostgresServer.start("15", java.util.Map.of())) {
      server.execute(
          source,
          "create role named_policy; create role named_grant; create table t (a int);"
              + " create policy mine on t to named_policy; grant select on t to named_grant");
      String without = other.uri(other.createDatabase()) + "?no-privileges=true";
      for (String target : List.of(other.uri(other.createDatabase()), without)) {
        try (Restore restore = new Restore(server.uri(source), target)) {
          assertThat(restore.loader.inspect(restore.plan()))
              .filteredOn(obstacle -> obstacle.what().contains("named_policy"))
              .singleElement()
              .satisfies(
                  obstacle ->
                      assertThat(obstacle.hint())
                          .contains("create it")
                          .contains("mine")
                          .doesNotContain("--no-owner"));
        }
      }
      try (Restore restore = new Restore(server.uri(source), other.uri(other.createDatabase()))) {
        assertThat(restore.loader.inspect(restore.plan()))
            .filteredOn(obstacle -> obstacle.what().contains("named_grant"))
            .singleElement()
            .satisfies(obstacle -> assertThat(obstacle.hint()).contains("--no-privileges"));
      }
    }
  }
}
