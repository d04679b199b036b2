package dev.godwit.cli.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.godwit.cli.Invocation;
import dev.godwit.testkit.sample.RichDatabase;
import dev.godwit.testkit.server.PostgresServer;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** From every version of PostgreSQL that is read, back into the same one and into the newest. */
class EveryServerIT {
  /**
   * The rows of all tables, whatever their order: how many, and a sum over what they hold.
   * Partitions count with their table: where a row lies can depend on the ids of an enum's labels.
   */
  private static final String ALL_ROWS =
      """
      select string_agg(
          format('%s %s', c.oid::regclass,
            (xpath('/row/f/text()', query_to_xml(format(
              'select count(*) || '':'' || coalesce(sum(hashtextextended(t::text, 0)::numeric), 0)'
              ' as f from %s %s t', case c.relkind when 'r' then 'only' else '' end,
              c.oid::regclass), false, true, '')))[1]::text),
          E'\\n' order by c.oid::regclass::text)
        from pg_class c join pg_namespace n on n.oid = c.relnamespace
        where c.relkind in ('r', 'p') and not c.relispartition and n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
      """;

  /** What every server since 10 knows. */
  private static final String PLAIN =
      """
      create type mood as enum ('sad', 'happy');
      create table people (
        id bigint generated always as identity primary key, name text not null, mood mood,
        paid numeric, scores int[], seen timestamptz default now(), during int4range);
      create table notes (id serial primary key, person bigint references people, note jsonb);
      create index on notes (person);
      create view noted as select name, note from people join notes on person = people.id;
      create function twice(n int) returns int language sql as 'select 2 * n';
      select lo_from_bytea(70001, decode(repeat('616263', 5000), 'hex'));
      create operator family like_dates using btree;
      create table days (day date, n int) partition by range (day);
      create table days_2026 partition of days for values from ('2026-01-01') to ('2027-01-01');
      insert into people (name, mood, paid, scores, during)
        select 'p' || i, (array['sad', 'happy'])[1 + i % 2]::mood,
          case when i % 5 = 0 then 'NaN' else i / 7.0 end, array[i, null, -i], int4range(i, i + 2)
        from generate_series(1, 5000) i;
      insert into notes (person, note) select i, jsonb_build_object('i', i)
        from generate_series(1, 5000) i;
      insert into days select date '2026-01-01' + i, i from generate_series(0, 364) i;
      """;

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"10", "13"})
  void olderServersAreReadOnly(String version) {
    try (PostgresServer server = PostgresServer.start(version, Map.of())) {
      Database source = new Database(server, server.createDatabase());
      source.execute(PLAIN);
      String vault = backUp(source);
      sameIn(Database.empty(), source, vault, "select sum(hashtext(t::text)) from people t");
      sameIn(Database.empty(), source, vault, "select md5(lo_get(70001))");
      sameIn(Database.empty(), source, vault, "select sum(hashtext(t::text)) from notes t");
      sameIn(Database.empty(), source, vault, "select sum(hashtext(t::text)) from days t");
      sameIn(Database.empty(), source, vault, "select sum(twice(length(t::text))) from noted t");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"14", "15", "16", "17"})
  void richDatabasesComeBack(String version) {
    try (PostgresServer server = PostgresServer.start(version, Map.of())) {
      comesBack(server, Integer.parseInt(version));
    }
  }

  private void comesBack(PostgresServer server, int version) {
    Database source = new Database(server, server.createDatabase());
    source.execute(RichDatabase.definitions(version));
    source.execute(RichDatabase.rows());
    String vault = backUp(source);
    sameIn(new Database(server, server.createDatabase()), source, vault, ALL_ROWS);
    sameIn(Database.empty(), source, vault, ALL_ROWS);
  }

  private String backUp(Database source) {
    String vault = folder.resolve(source.name()).toString();
    Invocation backup = Invocation.of("backup", "-q", "--init", source.uri(), vault);
    assertThat(backup.status()).as(backup.err()).isZero();
    return vault;
  }

  private static void sameIn(Database target, Database source, String vault, String question) {
    Invocation restore = Invocation.of("restore", "-q", vault, target.uri());
    assertThat(restore.status()).as(restore.err()).isZero();
    assertThat(target.ask(question)).isNotEmpty().isEqualTo(source.ask(question));
  }
}
