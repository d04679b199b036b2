package dev.godwit.loader.postgresql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.godwit.testkit.server.PostgresServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Rows that users put into tables of an extension, where the extension says that they may. */
class ExtensionRowsTest {
  private static final String NAME = "godwit_words";
  private static PostgresServer server;

  @BeforeAll
  static void start() throws Exception {
    server = PostgresServer.start("15", Map.of());
    Path folder =
        Path.of(
                Databases.ask(
                    server, "postgres", "select setting from pg_config() where name = 'SHAREDIR'"))
            .resolve("extension");
    Files.writeString(folder.resolve(NAME + ".control"), "default_version = '1'\nschema = words\n");
    Files.writeString(
        folder.resolve(NAME + "--1.sql"), Databases.script("kinds/extension-rows--1.sql"));
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static String source() throws Exception {
    String source = server.createDatabase();
    Databases.run(server, source, Databases.script("kinds/extension-rows.sql"));
    return source;
  }

  @Test
  void areTheSameToPgDump() throws Exception {
    PgDump.require();
    String source = source();
    String target = server.createDatabase();
    try (Restore restore = new Restore(server.uri(source), server.uri(target))) {
      assertThat(restore.obstacles()).isEmpty();
      assertThat(restore.plan().catalogue().notCarried()).isEmpty();
      restore.all();
    }
    String restored = PgDump.of(server, target);
    assertThat(restored).contains("mine too");
    PgDump.assertSame(restored, PgDump.of(server, source));
    assertThat(
            Databases.ask(
                server,
                target,
                "select string_agg(word || ' ' || own, ',' order by id) || nextval('words.config_id_seq')"
                    + " from words.config"))
        .isEqualTo("of the extension false,mine true,mine too true1001");
    assertThat(
            Databases.ask(
                server,
                target,
                "select (select count(*) from words.detail) || ' ' || count(*) from words.plain"))
        .isEqualTo("500 0");
  }

  @Test
  void bringTheirExtensionWithThem() throws Exception {
    String source = source();
    String target = server.createDatabase();
    try (Restore restore =
        new Restore(server.uri(source), server.uri(target), Restore.only("config"))) {
      assertThat(restore.obstacles()).isEmpty();
      restore.all();
    }
    assertThat(Databases.ask(server, target, "select count(*) from words.config")).isEqualTo("3");
  }
}
