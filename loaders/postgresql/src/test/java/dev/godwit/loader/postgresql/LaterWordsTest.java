package dev.godwit.loader.postgresql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.godwit.testkit.server.PostgresServer;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A name that a newer server reads as something else is found before anything is written. */
class LaterWordsTest {
  @Test
  void areFoundOnlyWhereTheyAreMisread() throws Exception {
    PostgresServer newest = PostgresServer.shared();
    try (PostgresServer older = PostgresServer.start("15", Map.of())) {
      String source = older.createDatabase();
      older.execute(
          source,
          """
          create table logins (system_user text, at timestamptz);
          insert into logins values ('ann', now());
          create view names as select system_user from logins;
          create table fine (id int, "my system_user" text default 'no system_user');
          create view alias as select id as system_user from fine;
          create function body() returns text language sql as 'select system_user from logins';
          create function argument(system_user text) returns text language sql return system_user;
          """);
      try (Restore restore = new Restore(older.uri(source), newest.uri(newest.createDatabase()))) {
        assertThat(restore.obstacles())
            .singleElement()
            .asString()
            .startsWith("table ")
            .contains("logins names something system_user");
      }
      String same = older.createDatabase();
      try (Restore restore = new Restore(older.uri(source), older.uri(same))) {
        assertThat(restore.obstacles()).isEmpty();
        restore.all();
      }
      assertThat(Databases.ask(older, same, "select system_user from public.names"))
          .isEqualTo("ann");
    }
  }
}
