package dev.godwit.loader.postgresql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.godwit.testkit.server.PostgresServer;
import java.sql.Connection;
import java.sql.Statement;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What lay in a tablespace lies there again, or all of it in the database's own. */
class PlacesTest {
  private static final String LYING =
      "select string_agg(c.relname || ' in ' || t.spcname, ', ' order by c.relname)"
          + " from pg_class c join pg_tablespace t on t.oid = c.reltablespace"
          + " where t.spcname like 'godwit%'";

  private static PostgresServer server;

  @BeforeAll
  static void start() throws Exception {
    server = PostgresServer.start("15", Map.of());
    try (Connection connection = server.connect("postgres");
        Statement statement = connection.createStatement()) {
      statement.execute("set allow_in_place_tablespaces = on");
      statement.execute("create tablespace godwit_fast location ''");
      statement.execute("create tablespace \"godwit Odd\" location ''");
    }
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static String source() throws Exception {
    String source = server.createDatabase();
    Databases.run(server, source, Databases.script("kinds/places.sql"));
    return source;
  }

  @Test
  void areTheSameToPgDump() throws Exception {
    PgDump.require();
    String source = source();
    String target = server.createDatabase();
    try (Restore restore = new Restore(server.uri(source), server.uri(target))) {
      assertThat(restore.obstacles()).isEmpty();
      restore.all();
    }
    PgDump.assertSame(PgDump.schema(server, target), PgDump.schema(server, source));
    assertThat(Databases.ask(server, target, LYING))
        .isEqualTo(Databases.ask(server, source, LYING))
        .contains("kept in godwit_fast", "kept_a_idx in godwit_fast", "m_x_idx in godwit Odd")
        .doesNotContain("elsewhere", "plain in");
  }

  @Test
  void areOneObstacleWhereTheyAreMissing() throws Exception {
    PostgresServer newest = PostgresServer.shared();
    String source = source();
    String target = newest.createDatabase();
    try (Restore restore = new Restore(server.uri(source), newest.uri(target))) {
      assertThat(restore.obstacles())
          .singleElement()
          .asString()
          .startsWith("tablespaces godwit Odd, godwit_fast are needed (by ");
    }
    try (Restore restore =
        new Restore(server.uri(source), newest.uri(target) + "?no-tablespaces=true")) {
      assertThat(restore.obstacles()).isEmpty();
      assertThat(restore.all().notes())
          .contains(
              "what lay in tablespaces is in the database's own place: godwit Odd, godwit_fast");
    }
    assertThat(Databases.ask(newest, target, "select count(*) from public.kept")).isEqualTo("2");
  }

  @Test
  void aDatabaseThatIsMadeLiesWhereItLayAndBelongsToWhomItDid() throws Exception {
    Databases.makeRoles(server);
    String source = source();
    server.execute("postgres", "alter database " + source + " owner to reader");
    server.execute("postgres", "create database placed tablespace godwit_fast owner reader");
    String of =
        "select r.rolname || ' ' || t.spcname from pg_database d join pg_roles r on r.oid = d.datdba"
            + " join pg_tablespace t on t.oid = d.dattablespace where datname = current_database()";
    try (Restore restore = new Restore(server.uri("placed"), server.uri("made")).creating()) {
      assertThat(restore.obstacles()).isEmpty();
      restore.all();
    }
    assertThat(Databases.ask(server, "made", of)).isEqualTo("reader godwit_fast");
    String there = server.createDatabase();
    try (Restore restore = new Restore(server.uri(source), server.uri(there))) {
      restore.all();
    }
    assertThat(Databases.ask(server, there, of)).isEqualTo("postgres pg_default");
    try (Restore restore =
        new Restore(
                server.uri("placed"), server.uri("plainly") + "?no-owner=true&no-tablespaces=true")
            .creating()) {
      restore.all();
    }
    assertThat(Databases.ask(server, "plainly", of)).isEqualTo("postgres pg_default");
  }
}
