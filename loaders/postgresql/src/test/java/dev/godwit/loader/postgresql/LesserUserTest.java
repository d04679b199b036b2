package dev.godwit.loader.postgresql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.godwit.spi.load.Loader.Obstacle;
import dev.godwit.testkit.server.PostgresServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A user who is no superuser learns beforehand what he may not do, and may do all else. */
class LesserUserTest {
  private static PostgresServer server;
  private String source;
  private String target;

  @BeforeAll
  static void start() throws Exception {
    server = PostgresServer.start("15", Map.of());
    server.execute("postgres", "create role loader login; create role stranger login");
    Path folder =
        Path.of(
                Databases.ask(
                    server, "postgres", "select setting from pg_config() where name = 'SHAREDIR'"))
            .resolve("extension");
    Files.writeString(
        folder.resolve("godwit_words.control"), "default_version = '1'\nschema = words\n");
    Files.writeString(
        folder.resolve("godwit_words--1.sql"), Databases.script("kinds/extension-rows--1.sql"));
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @BeforeEach
  void make() {
    source = server.createDatabase();
    target = server.createDatabase();
    server.execute("postgres", "alter database " + target + " owner to loader");
  }

  private Restore restore(String user, String options) {
    String uri = server.uri(target).replaceFirst("//[^@]*@", "//" + user + "@");
    return new Restore(server.uri(source), uri + "?no-owner=true&no-privileges=true" + options);
  }

  private static List<String> told(Restore restore) {
    return restore.loader.inspect(restore.plan()).stream()
        .map(o -> o.what() + " | " + o.hint())
        .toList();
  }

  @Test
  void tablesOfExtensions() throws Exception {
    Databases.run(server, source, Databases.script("kinds/extension-rows.sql"));
    try (Restore restore = restore("loader", "")) {
      assertThat(told(restore))
          .containsExactlyInAnyOrder(
              "user loader may not create extension godwit_words | let a superuser create it in the"
                  + " database first, or restore",
              "user loader may not write table words.config of an extension | let a superuser"
                  + " create the extension and grant insert on its table, or leave these rows out"
                  + " with --exclude words.config",
              "user loader may not write table words.detail of an extension | let a superuser"
                  + " create the extension and grant insert on its table, or leave these rows out"
                  + " with --exclude words.detail");
    }
    server.execute(
        target,
        """
        create schema words; create extension godwit_words; comment on schema words is 'mine';
        grant all on schema words to loader; grant all on all tables in schema words to loader;
        grant all on all sequences in schema words to loader;
        """);
    try (Restore restore = restore("loader", "")) {
      assertThat(told(restore))
          .singleElement()
          .asString()
          .contains("table words.detail of an extension refers to another, and user loader may not")
          .endsWith("| grant set on parameter session_replication_role to loader");
    }
    server.execute(target, "grant set on parameter session_replication_role to loader");
    try (Restore restore = restore("loader", "")) {
      assertThat(told(restore)).isEmpty();
      restore.all();
    }
    server.execute(target, "revoke set on parameter session_replication_role from loader");
    assertThat(
            Databases.ask(
                server,
                target,
                "select concat_ws(' ', (select count(*) from words.config),"
                    + " (select count(*) from words.detail), nextval('words.config_id_seq'),"
                    + " obj_description('words'::regnamespace, 'pg_namespace'))"))
        .isEqualTo("3 500 1001 mine");
  }

  @Test
  void largeObjectsAndExtensionsOfOthers() throws Exception {
    server.execute(
        source,
        """
        create extension citext; comment on extension citext is 'of the source';
        create table t (a citext); insert into t values ('x');
        select lo_from_bytea(70001, 'one'), lo_create(70002);
        comment on large object 70001 is 'the first';
        """);
    server.execute(target, "create extension citext");
    try (Restore restore = restore("loader", "")) {
      assertThat(told(restore)).isEmpty();
      assertThat(restore.all().notes())
          .contains(
              "extension citext belongs to others, and keeps its owner, its privileges and its"
                  + " comment");
    }
    assertThat(
            Databases.ask(
                server,
                target,
                "select concat_ws(' ', (select count(*) from public.t),"
                    + " encode(lo_get(70001), 'escape'),"
                    + " obj_description(70001, 'pg_largeobject'),"
                    + " (select count(*) from pg_largeobject_metadata))"))
        .isEqualTo("1 one the first 2");
  }

  @Test
  void whatOnlySuperusersMake() throws Exception {
    server.execute(
        source,
        """
        create table t (a int);
        create function sly(a int) returns boolean language sql leakproof as 'select true';
        create function plain() returns text language sql as $$ select '
         LANGUAGE c
        LEAKPROOF' $$;
        create function watched() returns event_trigger language plpgsql as 'begin end';
        create event trigger one on ddl_command_start execute function watched();
        create event trigger two on ddl_command_start execute function watched();
        create publication told for table t;
        create publication everything for all tables;
        """);
    try (Restore restore = restore("loader", "")) {
      assertThat(restore.loader.inspect(restore.plan()).stream().map(Obstacle::what))
          .containsExactly(
              "only a superuser can make event trigger " + source + ".one and 1 more",
              "only a superuser can make function " + source + ".public.\"sly(a integer)\"",
              "only a superuser can make publication " + source + ".everything");
    }
    try (Restore restore = restore("postgres", "")) {
      assertThat(told(restore)).isEmpty();
    }
    try (Restore restore = restore("loader", "&keep-going=true")) {
      assertThat(told(restore)).isEmpty();
      assertThat(restore.all().notMade().stream().map(made -> made.id()))
          .contains(
              "event trigger:one", "function:public.sly(a integer)", "publication:everything");
    }
    assertThat(Databases.ask(server, target, "select count(*) from public.t")).isEqualTo("0");
  }

  @Test
  void settingsOfOthers() throws Exception {
    server.execute(
        source,
        """
        create table t (a int);
        do $$ declare d text := quote_ident(current_database()); begin
          execute 'alter database ' || d || ' set work_mem to 7000';
          execute 'alter role loader in database ' || d || ' set work_mem to 8000';
          execute 'alter role stranger in database ' || d || ' set work_mem to 9000';
          execute 'alter role postgres in database ' || d || ' set log_statement to ''all''';
        end $$;
        """);
    try (Restore restore = restore("loader", "")) {
      assertThat(restore.loader.inspect(restore.plan()).stream().map(Obstacle::what))
          .containsExactly(
              "user loader may set nothing for role postgres and 1 more",
              "only a superuser may set log_statement");
    }
    server.execute("postgres", "alter role loader createrole");
    try (Restore restore = restore("loader", "")) {
      assertThat(told(restore)).hasSize(2).first().asString().contains("for role postgres |");
    } finally {
      server.execute("postgres", "alter role loader nocreaterole");
    }
    server.execute(source, "alter role postgres in database " + source + " reset all");
    server.execute(source, "alter role stranger in database " + source + " reset all");
    try (Restore restore = restore("loader", "")) {
      assertThat(told(restore)).isEmpty();
      restore.all();
    }
    assertThat(
            Databases.ask(
                server,
                target,
                "select string_agg(setconfig::text, ' ' order by setrole) from pg_db_role_setting"
                    + " where setdatabase = (select oid from pg_database"
                    + " where datname = current_database())"))
        .isEqualTo("{work_mem=7000} {work_mem=8000}");
  }

  @Test
  void whatOnlyTheOwnerSays() throws Exception {
    server.execute(
        source,
        "create table t (a int); do $$ begin execute format('comment on database %I is ''x''',"
            + " current_database()); end $$");
    server.execute(target, "grant create on database " + target + " to stranger");
    server.execute(target, "grant create on schema public to stranger");
    try (Restore restore = restore("stranger", "")) {
      assertThat(told(restore))
          .singleElement()
          .asString()
          .startsWith("user stranger may not set, grant or say anything of the database");
    }
  }
}
