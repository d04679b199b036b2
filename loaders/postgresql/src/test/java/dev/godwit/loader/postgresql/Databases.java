package dev.godwit.loader.postgresql;

import dev.godwit.extractor.postgresql.schema.SchemaObjects;
import dev.godwit.spi.dataset.SchemaObject;
import dev.godwit.spi.name.DatasetName;
import dev.godwit.testkit.server.PostgresServer;
import dev.godwit.testkit.server.Relay;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What the tests of this module ask databases for. */
final class Databases {
  private Databases() {}

  /** A script beside the tests. */
  static String script(String name) {
    try (InputStream script = Databases.class.getResourceAsStream(name)) {
      return new String(script.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  /** A connection that sees only qualified names. */
  static Connection plain(PostgresServer server, String database) throws SQLException {
    return plain(server.connect(database));
  }

  /** The same by way of a relay to the server. */
  static Connection plain(Relay relay, String database) throws SQLException {
    String url = "jdbc:postgresql://127.0.0.1:" + relay.port() + "/" + database;
    return plain(DriverManager.getConnection(url + "?user=postgres"));
  }

  private static Connection plain(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("select set_config('search_path', '', false)");
    }
    return connection;
  }

  /** Carries out a script as psql does: the driver must not cut it into statements. */
  static void run(PostgresServer server, String database, String script) throws SQLException {
    String url = "jdbc:postgresql://127.0.0.1:" + server.port() + "/" + database;
    try (Connection connection =
            DriverManager.getConnection(url + "?user=postgres&preferQueryMode=simple");
        Statement statement = connection.createStatement()) {
      statement.setEscapeProcessing(false);
      statement.execute(script);
    }
  }

  /** The roles that the scripts name. */
  static void makeRoles(PostgresServer server) {
    for (String role : List.of("reader", "writer", "\"Odd role\"")) {
      server.execute(
          "postgres",
          "do $$ begin create role %s; exception when duplicate_object then null; end $$"
              .formatted(role));
    }
  }

  /** All tables of a database, as a run over all of it would take them. */
  static Map<Integer, DatasetName> tables(Connection connection, String database)
      throws SQLException {
    Map<Integer, DatasetName> tables = new HashMap<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "select c.oid, n.nspname, c.relname from pg_class c join pg_namespace n on n.oid ="
                    + " c.relnamespace where c.relkind in ('r', 'p') and n.nspname !~ '^pg_' and"
                    + " n.nspname not in ('information_schema', '_godwit')"
                    + " and not exists (select from pg_depend d where d.objid = c.oid"
                    + " and d.classid = 'pg_class'::regclass and d.deptype = 'e')"
                    + " union all select 2613, 'pg_catalog', 'pg_largeobject'"
                    + " where exists (select from pg_largeobject_metadata)")) {
      while (rows.next()) {
        tables.put(
            (int) rows.getLong(1), DatasetName.of(database, rows.getString(2), rows.getString(3)));
      }
    }
    return tables;
  }

  /** Every definition of a database, the state of its sequences last. */
  static List<SchemaObject> objects(PostgresServer server, String database) throws SQLException {
    try (Connection connection = plain(server, database)) {
      connection.setAutoCommit(false);
      SchemaObjects schema =
          new SchemaObjects(connection, database, tables(connection, database), true);
      List<SchemaObject> all = new ArrayList<>(schema.objects().toList());
      all.addAll(schema.state(connection, warning -> {}));
      return all;
    }
  }

  /** Carries out definitions in their order, with nothing else around them. */
  static void apply(PostgresServer server, String database, List<SchemaObject> objects)
      throws SQLException {
    try (Connection connection = plain(server, database);
        Statement statement = connection.createStatement()) {
      statement.setEscapeProcessing(false);
      for (SchemaObject object : objects) {
        if (!MadeDatabase.tellsOf(object)) {
          try {
            statement.execute(object.definition());
          } catch (SQLException e) {
            throw new SQLException(object.id() + ": " + object.definition(), e);
          }
        }
      }
    }
  }

  /** The first value of a query, as text. */
  static String ask(PostgresServer server, String database, String sql) throws SQLException {
    try (Connection connection = plain(server, database);
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      return rows.next() ? rows.getString(1) : null;
    }
  }
}
