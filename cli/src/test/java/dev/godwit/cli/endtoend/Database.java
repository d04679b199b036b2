package dev.godwit.cli.endtoend;

import dev.godwit.testkit.server.PostgresServer;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** A database of the shared server, with what the tests ask of it. */
record Database(PostgresServer server, String name) {
  /** One with a small shop in it. */
  static Database withShop() {
    Database made = empty();
    made.execute(
        """
        create table customers (id integer primary key, name text not null, prefs jsonb);
        create table orders (
          id bigint primary key,
          customer integer references customers,
          total numeric,
          placed timestamptz,
          blob bytea);
        insert into customers
          select n, 'Customer ' || n, jsonb_build_object('n', n) from generate_series(1, 500) n;
        insert into orders
          select n, 1 + n % 500, n * 1.25, timestamptz '2026-01-01 00:00+00' + n * interval '1 s',
            decode(md5(n::text), 'hex')
          from generate_series(1, 3000) n;
        insert into orders values
          (0, null, 'NaN', 'infinity', null), (-1, 1, null, null, ''::bytea);
        """);
    return made;
  }

  static Database empty() {
    PostgresServer server = PostgresServer.shared();
    return new Database(server, server.createDatabase());
  }

  /** A name for a database that is not there. */
  static Database missing() {
    Database made = empty();
    made.server.execute("postgres", "drop database " + made.name);
    return made;
  }

  String uri() {
    return server.uri(name);
  }

  void execute(String sql) {
    server.execute(name, sql);
  }

  /** The first value of a query, as text. */
  String ask(String sql) {
    try (Connection connection = server.connect(name);
        Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      return result.next() ? result.getString(1) : null;
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The same for the same rows, in whatever order. */
  String fingerprint(String table) {
    return ask(
        "select count(*) || ' ' || sum(hashtextextended(t::text, 0)::numeric) from "
            + table
            + " t");
  }

  boolean exists() {
    return new Database(server, "postgres")
        .ask("select count(*) from pg_database where datname = '" + name + "'")
        .equals("1");
  }
}
