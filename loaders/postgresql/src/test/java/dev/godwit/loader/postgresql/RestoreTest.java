package dev.godwit.loader.postgresql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.godwit.spi.load.LoadRun;
import dev.godwit.testkit.sample.RichDatabase;
import dev.godwit.testkit.server.PostgresServer;
import dev.godwit.testkit.server.Relay;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is restored is what was backed up, as pg_dump and the server see it. */
class RestoreTest {

  @Test
  void aRichDatabaseIsTheSameToPgDump() throws Exception {
    PgDump.require();
    try (PostgresServer server = PostgresServer.start("15", Map.of())) {
      String source = server.createDatabase();
      String target = server.createDatabase();
      server.execute(source, RichDatabase.definitions(15));
      server.execute(source, RichDatabase.rows());
      try (Restore restore = new Restore(server.uri(source), server.uri(target))) {
        restore.all();
      }
      String[] rows = {"--load-via-partition-root", "--rows-per-insert=1", "--column-inserts"};
      String restored = sorted(PgDump.of(server, target, rows));
      assertThat(restored).contains("customer 200");
      PgDump.assertSame(restored, sorted(PgDump.of(server, source, rows)));
      PgDump.assertSame(PgDump.of(server, target, "-s"), PgDump.of(server, source, "-s"));
    }
  }

  /** Rows of a hash-partitioned table lie elsewhere; which they are is all that counts. */
  private static String sorted(String dump) {
    return String.join(
        "\n",
        dump.lines()
            .filter(l -> l.startsWith("INSERT") || l.startsWith("SELECT"))
            .sorted()
            .toList());
  }

  @Test
  void rowsDividedByTheHashOfAnEnumAreFoundAgain() throws Exception {
    PostgresServer server = PostgresServer.shared();
    String source = server.createDatabase();
    String target = server.createDatabase();
    server.execute(
        source,
        """
        create type mood as enum ('a', 'b', 'c', 'd', 'e', 'f', 'g', 'h');
        create domain mood_too as mood;
        create table t (m mood_too, n int) partition by hash (m);
        create table t0 partition of t for values with (modulus 2, remainder 0);
        create table t1 partition of t for values with (modulus 2, remainder 1) partition by hash (n);
        create table t10 partition of t1 for values with (modulus 1, remainder 0);
        insert into t select m, n from unnest(enum_range(null::mood)) m, generate_series(1, 50) n;
        """);
    // Another id for the enum, whichever way the bits fall.
    server.execute(target, "create type other as enum ('x', 'y', 'z'); drop type other");
    try (Restore restore = new Restore(server.uri(source), server.uri(target))) {
      restore.all();
    }
    assertThat(Databases.ask(server, target, "select count(*) from public.t")).isEqualTo("400");
    assertThat(
            Databases.ask(
                server,
                target,
                """
                select count(*) from (
                  select satisfies_hash_partition('public.t'::regclass, 2, 0, m) from public.t0
                  union all
                  select satisfies_hash_partition('public.t'::regclass, 2, 1, m) from public.t10
                ) as placed (rightly) where not rightly
                """))
        .isEqualTo("0");
  }

  /** In the order of bytes all capital letters come first, in that of a dictionary they do not. */
  @Test
  void rowsDividedByTextsInAnotherOrderAreFoundAgain() throws Exception {
    PostgresServer server = PostgresServer.shared();
    String source = inOrderOf(server, "C");
    String target = inOrderOf(server, "und-x-icu");
    server.execute(
        source,
        """
        create table t (word text) partition by range (word);
        create table t0 partition of t for values from (minvalue) to ('b');
        create table t1 partition of t for values from ('b') to (maxvalue);
        insert into t select chr(n) from generate_series(65, 122) n;
        """);
    try (Restore restore = new Restore(server.uri(source), server.uri(target))) {
      restore.all();
    }
    assertThat(Databases.ask(server, source, "select count(*) from public.t1")).isEqualTo("25");
    assertThat(Databases.ask(server, target, "select count(*) from public.t1")).isEqualTo("50");
    assertThat(Databases.ask(server, target, "select count(distinct word) from public.t"))
        .isEqualTo("58");
  }

  private static String inOrderOf(PostgresServer server, String locale) {
    String name = server.createDatabase();
    server.execute("postgres", "drop database " + name);
    server.execute(
        "postgres",
        "create database %s template template0 %s"
            .formatted(
                name,
                locale.equals("C")
                    ? "lc_collate 'C'"
                    : "locale_provider icu icu_locale '" + locale + "'"));
    return name;
  }

  @Test
  void whatADatabaseSetsBendsNeitherTextsNorArrays() throws Exception {
    PostgresServer server = PostgresServer.shared();
    String source = server.createDatabase();
    String target = server.createDatabase();
    server.execute(
        source,
        """
        create schema pgbench;
        create table pgbench.t as select 1 as n;
        create table d (a text default 'x\\y', b text[] default '{NULL,x}');
        insert into d default values;
        create table p (k text) partition by list (k);
        create table p1 partition of p for values in ('a\\b');
        insert into p values ('a\\b');
        """);
    server.execute(
        "postgres",
        "alter database %s set standard_conforming_strings = off".formatted(source)
            + "; alter database %s set array_nulls = off".formatted(target));
    try (Restore restore = new Restore(server.uri(source), server.uri(target))) {
      restore.all();
    }
    server.execute("postgres", "alter database %s reset all".formatted(target));
    server.execute(target, "insert into d default values");
    assertThat(Databases.ask(server, target, "select count(*) from pgbench.t")).isEqualTo("1");
    assertThat(Databases.ask(server, target, "select k from public.p1")).isEqualTo("a\\b");
    assertThat(Databases.ask(server, target, "select string_agg(a || b::text, ' ') from public.d"))
        .isEqualTo("x\\y{NULL,x} x\\y{NULL,x}");
  }

  @Test
  void aThousandTablesTakeFewQuestionsEach() throws Exception {
    PostgresServer server = PostgresServer.shared();
    String source = server.createDatabase();
    String target = server.createDatabase();
    StringBuilder sql = new StringBuilder();
    for (int i = 0; i < 1000; i++) {
      sql.append("create table t%d (id serial primary key, v text default 'x');".formatted(i));
      sql.append("create index on t%d (v); insert into t%d default values;".formatted(i, i));
      if (i % 100 == 99) {
        server.execute(source, sql.toString());
        sql.setLength(0);
      }
    }
    LoadRun.LoadReport report;
    try (Relay relay = new Relay(server.port());
        Restore restore =
            new Restore(
                server.uri(source),
                "postgresql://postgres@127.0.0.1:%d/%s".formatted(relay.port(), target))) {
      report = restore.all();
      // 14 when this was written: each makes its table, index, key and sequence, and loads one row.
      assertThat(relay.questions()).isLessThan(1000 * 20);
    }
    assertThat(report.target()).contains(target);
    assertThat(
            Databases.ask(
                server,
                target,
                "select count(*) from pg_index i join pg_class c on c.oid = i.indrelid"
                    + " where c.relnamespace = 'public'::regnamespace"))
        .isEqualTo("2000");
    assertThat(Databases.ask(server, target, "select nextval('public.t999_id_seq')"))
        .isEqualTo("2");
    assertThat(Databases.ask(server, target, "select to_regnamespace('_godwit')")).isNull();
  }

  @Test
  void makesTheDatabaseWithTheSourcesEncoding() throws Exception {
    PostgresServer server = PostgresServer.shared();
    String source = server.createDatabase() + "_latin";
    String target = source + "_made";
    server.execute(
        "postgres",
        "create database \"%s\" template template0 encoding 'LATIN1' lc_collate 'C' lc_ctype 'C'"
            .formatted(source));
    server.execute(source, "create table t (v text); insert into t values ('é')");
    try (Restore restore = new Restore(server.uri(source), server.uri(target)).creating()) {
      assertThat(restore.obstacles()).isEmpty();
      restore.all();
    }
    assertThat(Databases.ask(server, target, "show server_encoding")).isEqualTo("LATIN1");
    assertThat(Databases.ask(server, target, "select v from public.t")).isEqualTo("é");
  }
}
