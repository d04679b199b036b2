package dev.godwit.loader.postgresql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.godwit.testkit.server.PostgresServer;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is left out is what pg_dump leaves out when it is told the same. */
class OwnersLeftOutTest {

  @ParameterizedTest
  @CsvSource({
    "no-owner=true, --no-owner, OWNER TO reader",
    "no-privileges=true, --no-privileges, GRANT"
  })
  void asPgDumpDoes(String option, String flag, String without) throws Exception {
    PgDump.require();
    try (PostgresServer server = PostgresServer.start("15", Map.of())) {
      Databases.makeRoles(server);
      String source = server.createDatabase();
      String target = server.createDatabase();
      server.execute(
          source,
          """
          create schema app authorization reader;
          create table app.t (id serial primary key, v text);
          alter table app.t owner to reader;
          create view app.v as select * from app.t;
          alter view app.v owner to reader;
          create function app.f() returns int language sql as 'select 1';
          create type app.mood as enum ('a');
          alter type app.mood owner to reader;
          grant select (v) on app.t to writer;
          grant usage on schema app to writer;
          revoke execute on function app.f() from public;
          alter default privileges in schema app grant select on tables to writer;
          insert into app.t (v) values ('x');
          """);
      try (Restore restore = new Restore(server.uri(source), server.uri(target) + "?" + option)) {
        restore.all();
      }
      String[] told =
          option.startsWith("no-owner")
              // Grants of an owner whom nothing belongs to are another owner's.
              ? new String[] {flag, "--no-privileges"}
              : new String[] {flag};
      assertThat(PgDump.schemaBut(server, target, told))
          .isEqualTo(PgDump.schemaBut(server, source, told));
      assertThat(PgDump.schema(server, source)).contains(without);
      assertThat(PgDump.schema(server, target)).doesNotContain(without);
    }
  }
}
