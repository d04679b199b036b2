package dev.godwit.cli.faults;

import dev.godwit.testkit.server.PostgresServer;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** Some tables of a database, large enough that a command on them can be struck in the middle. */
record Rows(PostgresServer server, String database) {
  void make(int rows) {
    server.execute(
        database,
        """
        create table notes (id bigint primary key, word text, amount numeric(12,2));
        create table tags (id serial primary key, note bigint not null references notes, tag text);
        insert into notes select i, md5(i::text), i * 0.25 from generate_series(1, %1$d) i;
        insert into tags (note, tag) select 1 + i %% %1$d, md5((i * 3)::text)
          from generate_series(1, %1$d) i;
        create index notes_word on notes (word);
        create index tags_tag on tags (tag);
        """
            .formatted(rows));
  }

  void changeSome(int salt) {
    server.execute(
        database,
        "update notes set word = md5(word) where id % 997 = "
            + salt
            + "; insert into tags (note, tag) values (1, 'salt "
            + salt
            + "')");
  }

  /** Other rows in place of all: the same ones, in the same places, for the same salt. */
  void replace(int rows, int salt) {
    server.execute(
        database,
        """
        truncate notes, tags;
        insert into notes select i, md5(i || ' %2$d'), i * 0.25 from generate_series(1, %1$d) i;
        insert into tags select i, i, 'tag ' || i from generate_series(1, %1$d) i;
        """
            .formatted(rows, salt));
  }

  /** The same for the same rows, in whatever order; another if one is missing or there twice. */
  String fingerprint() {
    return ask("select count(*) || ':' || sum(hashtextextended(n::text, 0)::numeric) from notes n")
        + " "
        + ask("select count(*) || ':' || sum(hashtextextended(t::text, 0)::numeric) from tags t");
  }

  /** The indexes, constraints, sequences and schemas there are. */
  String objects() {
    return ask(
        """
        select string_agg(what, E'\\n' order by what) from (
          select indexdef as what from pg_indexes where schemaname = 'public'
          union all select conname || ' ' || pg_get_constraintdef(oid) from pg_constraint
            where connamespace = 'public'::regnamespace
          union all select sequencename || ' ' || last_value from pg_sequences
          union all select nspname from pg_namespace where nspname !~ '^pg_') objects
        """);
  }

  /**
   * Whether a load into the database came to its end: the last thing it does is drop its ledger.
   */
  boolean sealed() {
    return ask("select to_regnamespace('_godwit') is null and to_regclass('public.tags') is not null")
        .equals("t");
  }

  /** Whether a load into the database was begun, and did not come to its end. */
  boolean loading() {
    return ask("select to_regclass('_godwit.plan') is not null").equals("t");
  }

  /** The server takes a moment to see that a client is gone; its sessions end then. */
  void awaitNoSessions() {
    server.execute(
        "postgres",
        "do $$ begin while exists (select 1 from pg_stat_activity where datname = '"
            + database
            + "') loop perform pg_sleep(0.01), pg_stat_clear_snapshot(); end loop; end $$");
  }

  private String ask(String sql) {
    try (Connection connection = server.connect(database);
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getString(1);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
