package dev.godwit.loader.postgresql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.godwit.testkit.server.PostgresServer;
import org.junit.jupiter.api.Test;

/** Privileges on what the server brings, and large objects, loaded by who is no superuser. */
class BroughtTest {
  private final PostgresServer server = PostgresServer.shared();

  @Test
  void areLeftOutAndSaidWhereOnlyASuperuserMayGiveThem() throws Exception {
    Databases.makeRoles(server);
    String source = server.createDatabase();
    server.execute(
        source,
        "grant execute on function pg_read_file(text) to reader; create table t (a int);"
            + " select lo_from_bytea(70001, 'one')");
    String user = "tenant_" + ProcessHandle.current().pid();
    server.execute("postgres", "create role " + user + " login createdb");
    String target = server.createDatabase();
    server.execute("postgres", "alter database " + target + " owner to " + user);
    String uri = server.uri(target).replace("postgres@", user + "@") + "?no-owner=true";
    try (Restore restore = new Restore(server.uri(source), uri)) {
      assertThat(restore.obstacles()).isEmpty();
      assertThat(restore.all().notes())
          .contains(
              "left out, since only a superuser may give them: privileges on what the server brings"
                  + " (1)");
    }
    assertThat(Databases.ask(server, target, "select lo_get(70001)::text")).isEqualTo("\\x6f6e65");
    assertThat(
            Databases.ask(
                server,
                target,
                "select pg_get_userbyid(lomowner)::text from pg_largeobject_metadata"))
        .isEqualTo(user);
  }
}
