package dev.godwit.loader.postgresql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.godwit.spi.error.GodwitException;
import dev.godwit.spi.load.LoadRun;
import dev.godwit.spi.load.LoadRun.NotMade;
import dev.godwit.testkit.server.PostgresServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Definitions that the server refuses, and what needs them. */
class KeepGoingTest {
  private static final String ALLOW = "set session_replication_role = replica;";

  private final PostgresServer server = PostgresServer.shared();
  private final String source = server.createDatabase();
  private final String target = server.createDatabase();

  @BeforeEach
  void fill() {
    server.execute(
        source,
        """
        create type kept as enum ('a');
        create function bad() returns int language sql as 'select 1';
        create table plain (id int primary key, v text);
        insert into plain select i, 'x' from generate_series(1, 10) i;
        create table lost (id int primary key default bad(), v int references plain);
        create index lost_v on lost (v);
        comment on table lost is 'lost';
        comment on column lost.v is 'lost too';
        insert into lost values (1, 1);
        create view kept_view as select * from plain;
        create view lost_view as select * from lost;
        create view lost_later as select * from lost_view;
        create index plain_bad on plain (v);
        comment on index plain_bad is 'an index';
        create policy bad_policy on plain using (true);
        comment on policy bad_policy on plain is 'a policy';
        """);
    refuse("%bad%");
  }

  /** Has the target refuse whatever makes something of such a name. */
  private void refuse(String pattern) {
    server.execute(
        target,
        """
        create schema if not exists refusing;
        create or replace function refusing.refuse() returns event_trigger language plpgsql as $$
        declare found text;
        begin
          select object_identity into found from pg_event_trigger_ddl_commands()
          where object_identity like '%s' and command_tag not like 'COMMENT' limit 1;
          if found is not null then raise exception 'nobody makes %%', found; end if;
        end $$;
        drop event trigger if exists refusing;
        create event trigger refusing on ddl_command_end execute function refusing.refuse();
        """
            .formatted(pattern));
  }

  private Restore restore(String options) {
    return new Restore(server.uri(source), server.uri(target) + "?" + options);
  }

  private String ask(String sql) throws Exception {
    return Databases.ask(server, target, sql);
  }

  @Test
  void theFirstEndsTheLoadByItsNameAndDefinition() {
    try (Restore restore = restore("keep-going=false")) {
      assertThatThrownBy(restore::all)
          .isInstanceOf(GodwitException.class)
          .hasMessageContaining("cannot make function")
          .hasMessageContaining("nobody makes public.bad()")
          .hasMessageContaining("in function:public.bad(): CREATE OR REPLACE FUNCTION");
    }
  }

  @Test
  void theRestIsLoadedAndALaterRunGoesOn() throws Exception {
    LoadRun.LoadReport report;
    try (Restore restore = restore("keep-going=true")) {
      assertThat(restore.obstacles()).isEmpty();
      report = restore.all();
    }
    assertThat(report.notMade())
        .filteredOn(NotMade::failed)
        .extracting(NotMade::id)
        .containsExactlyInAnyOrder(
            "function:public.bad()", "index:public.plain_bad", "policy:bad_policy ON public.plain");
    assertThat(report.notMade())
        .filteredOn(NotMade::failed)
        .allSatisfy(
            o -> {
              assertThat(o.reason()).contains("nobody makes");
              assertThat(o.definition()).startsWith("CREATE ");
            });
    assertThat(report.notMade())
        .filteredOn(o -> o.because().equals("function:public.bad()"))
        .extracting(NotMade::id)
        .contains(
            "table:public.lost",
            "constraint:public.lost.lost_pkey",
            "foreign key:public.lost.lost_v_fkey",
            "index:public.lost_v",
            "comment:TABLE public.lost",
            "comment:COLUMN public.lost.v",
            "view:public.lost_view",
            "view:public.lost_later",
            "owner:VIEW public.lost_view");
    assertThat(report.notMade())
        .extracting(NotMade::id)
        .doesNotContain("view:public.kept_view", "table:public.plain");
    assertThat(report.notes()).anyMatch(note -> note.contains("--resume"));
    assertThat(ask("select count(*) from public.kept_view")).isEqualTo("10");
    assertThat(ask("select to_regclass('public.lost')")).isNull();

    refuse("%nothing at all%");
    try (Restore restore = restore("keep-going=true").resuming()) {
      assertThat(restore.obstacles()).isEmpty();
      assertThat(restore.all().notMade()).isEmpty();
    }
    server.execute(target, "drop event trigger refusing; drop schema refusing cascade");
    assertThat(ask("select count(*) from public.lost_later")).isEqualTo("1");
    assertThat(ask("select count(*) from public.plain")).isEqualTo("10");
    assertThat(ask("select to_regnamespace('_godwit')")).isNull();
    assertThat(definitions(target)).containsExactlyInAnyOrderElementsOf(definitions(source));
  }

  private List<String> definitions(String database) throws Exception {
    return Databases.objects(server, database).stream().map(o -> o.definition()).toList();
  }

  @Test
  void anUncheckedForeignKeyIsToldAndCheckedLater() throws Exception {
    server.execute(
        source, ALLOW + "insert into lost values (2, 77); alter table lost alter id drop default");
    server.execute(target, "drop event trigger refusing");
    try (Restore restore = restore("keep-going=true")) {
      assertThat(restore.all().notMade())
          .singleElement()
          .satisfies(
              o -> {
                assertThat(o.id()).isEqualTo("foreign key:public.lost.lost_v_fkey");
                assertThat(o.reason()).contains("violates foreign key");
              });
    }
    server.execute(target, ALLOW + "delete from lost where v = 77");
    try (Restore restore = restore("keep-going=true").resuming()) {
      assertThat(restore.all().notMade()).isEmpty();
    }
    assertThat(ask("select bool_and(convalidated) from pg_constraint where contype = 'f'"))
        .isEqualTo("t");
  }

  /** The state of such a failure is that of whatever the system said last, often of a disk. */
  @Test
  void aLibraryThatTheTargetHasNotIsARefusal() throws Exception {
    server.execute(target, "drop event trigger refusing");
    Path library = Files.createTempFile("godwit", ".so");
    try {
      Path own =
          Path.of(
              Databases.ask(
                  server, source, "select setting from pg_config where name = 'PKGLIBDIR'"));
      Files.copy(own.resolve("plpgsql.so"), library, StandardCopyOption.REPLACE_EXISTING);
      assertThat(library.toFile().setReadable(true, false)).isTrue();
      server.execute(
          source,
          "create function of_library() returns language_handler language c as '%s', 'plpgsql_call_handler'"
              .formatted(library));
    } finally {
      Files.delete(library);
    }
    try (Restore restore = restore("keep-going=true")) {
      assertThat(restore.all().notMade())
          .filteredOn(NotMade::failed)
          .singleElement()
          .satisfies(
              o -> {
                assertThat(o.id()).isEqualTo("function:public.of_library()");
                assertThat(o.reason()).contains("could not access file");
              });
    }
    assertThat(ask("select count(*) from public.kept_view")).isEqualTo("10");
  }

  @Test
  void aServerThatEndsEverythingIsNoRefusal() {
    server.execute(
        target,
        """
        create or replace function refusing.refuse() returns event_trigger language plpgsql as $$
        begin
          if exists (select from pg_event_trigger_ddl_commands()
                     where object_identity like '%%kept_view') then
            perform pg_terminate_backend(pg_backend_pid());
          end if;
        end $$;
        """
            .replace("%%", "%"));
    try (Restore restore = restore("keep-going=true")) {
      assertThatThrownBy(restore::all)
          .isInstanceOf(GodwitException.class)
          .satisfies(
              e ->
                  assertThat(((GodwitException) e).hint())
                      .hasValue("look whether the server runs"));
    }
  }
}
