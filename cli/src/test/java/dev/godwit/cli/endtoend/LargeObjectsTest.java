package dev.godwit.cli.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.godwit.cli.Invocation;
import dev.godwit.testkit.server.PostgresServer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Large objects, privileges and labels of places go through a vault and back. */
class LargeObjectsTest {
  private static final String SAID =
      "select string_agg(concat_ws(' ', oid, pg_get_userbyid(lomowner), lomacl, md5(lo_get(oid)),"
          + " obj_description(oid, 'pg_largeobject')), e'\\n' order by oid)"
          + " from pg_largeobject_metadata";

  private static PostgresServer server;
  @TempDir Path folder;

  @BeforeAll
  static void start() {
    // As old as the pg_dump that most machines have.
    server = PostgresServer.start("15", Map.of());
    server.execute("postgres", "create role keeper; create role clerk");
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static Database library() {
    Database library = new Database(server, server.createDatabase());
    library.execute(
        """
        create table papers (id integer primary key, body oid);
        insert into papers select n, lo_from_bytea((90000 + n)::oid,
            decode(repeat(md5(n::text), 1000 * n), 'hex')) from generate_series(1, 20) n;
        select lo_create(90100), lo_from_bytea(90101, 'that no row names');
        select lo_put(90100, 100000, 'after a hole');
        alter large object 90001 owner to keeper;
        grant select on large object 90002 to clerk;
        comment on large object 90003 is 'the third';
        revoke execute on function pg_catalog.random() from public;
        do $$ begin
          execute format('revoke temporary on database %I from public', current_database());
          execute format('grant connect on database %I to clerk', current_database());
        end $$
        """);
    return library;
  }

  @Test
  void comeBackFromAVault() throws Exception {
    Database library = library();
    String vault = folder.resolve("vault").toString();
    Invocation backup = Invocation.of("backup", "--init", library.uri(), vault);
    assertThat(backup.err()).contains("2 datasets").doesNotContain("not carried");
    assertThat(backup.status()).as(backup.err()).isZero();
    assertThat(Invocation.of("check", "--read-data", vault).status()).isZero();
    Database copy = new Database(server, server.createDatabase());
    Invocation restore = Invocation.of("restore", "--verify", vault, copy.uri());
    assertThat(restore.err()).contains("verified: the same as the snapshot in 2 datasets");
    assertThat(restore.status()).as(restore.err()).isZero();
    assertThat(copy.ask(SAID)).isEqualTo(library.ask(SAID)).contains("the third");
    assertThat(Invocation.of("compare", library.uri(), copy.uri()).status()).isZero();
    String of = "select datacl::text from pg_database where datname = current_database()";
    assertThat(copy.ask(of)).isEqualTo(library.ask(of));
    Optional<String> dumped = dump(library);
    if (dumped.isPresent()) {
      assertThat(dump(copy)).isEqualTo(dumped);
    }
    copy.execute("select lo_put(90001, 5, 'changed')");
    Invocation compared = Invocation.of("compare", vault, copy.uri());
    assertThat(compared.status()).isEqualTo(4);
    assertThat(compared.out() + compared.err()).contains("pg_largeobject", "90001");
  }

  @Test
  void areTakenWithoutAllTheRestOnlyWhereTheyAreNamed() {
    Database library = library();
    String vault = folder.resolve("vault").toString();
    assertThat(Invocation.of("backup", "-q", "--init", library.uri(), vault).status()).isZero();
    Database copy = new Database(server, server.createDatabase());
    assertThat(Invocation.of("restore", "--include", "papers", vault, copy.uri()).status())
        .isZero();
    assertThat(copy.ask("select count(*) from pg_largeobject_metadata")).isEqualTo("0");
    Invocation restore =
        Invocation.of("restore", "--include", "pg_catalog.pg_largeobject", vault, copy.uri());
    assertThat(restore.status()).as(restore.err()).isZero();
    assertThat(copy.ask(SAID)).isEqualTo(library.ask(SAID));
    Invocation again =
        Invocation.of("restore", "--include", "pg_catalog.pg_largeobject", vault, copy.uri());
    assertThat(again.err()).contains("large object 90001 and 21 more exist already");
    assertThat(again.status()).isEqualTo(1);
  }

  /** What pg_dump prints of a database; empty where there is no pg_dump, which is said. */
  private static Optional<String> dump(Database database) throws Exception {
    List<String> command =
        List.of(
            "pg_dump",
            "-h",
            "127.0.0.1",
            "-p",
            "" + server.port(),
            "-U",
            "postgres",
            database.name());
    Process process;
    try {
      process = new ProcessBuilder(command).redirectErrorStream(true).start();
    } catch (java.io.IOException e) {
      assertThat(System.getenv("CI")).as("CI has pg_dump").isNotEqualTo("true");
      System.err.println("SKIPPED: the comparison of what pg_dump prints: it is not on the PATH");
      return Optional.empty();
    }
    String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(printed).isZero();
    return Optional.of(
        printed.lines().filter(line -> !line.matches("\\\\(un)?restrict .*")).toList().toString());
  }
}
