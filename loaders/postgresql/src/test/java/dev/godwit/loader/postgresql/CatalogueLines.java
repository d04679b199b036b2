package dev.godwit.loader.postgresql;

import dev.godwit.testkit.server.PostgresServer;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * What a server's catalogue says of a database, a line for each thing: a judge that knows nothing
 * of how Godwit reads it, for versions that pg_dump at hand does not know.
 */
final class CatalogueLines {
  private CatalogueLines() {}

  /** All lines, in order; ids of objects are told as names. */
  static List<String> of(PostgresServer server, String database) throws SQLException {
    List<String> lines = new ArrayList<>();
    try (Connection connection = Databases.plain(server, database);
        Statement statement = connection.createStatement()) {
      statement.setEscapeProcessing(false);
      List<String> scripts = new ArrayList<>(List.of("catalogue.sql", "catalogue-objects.sql"));
      if (connection.getMetaData().getDatabaseMajorVersion() >= 15) {
        scripts.add("catalogue-since-15.sql");
      }
      for (String script : scripts) {
        try (ResultSet rows = statement.executeQuery(Databases.script(script))) {
          while (rows.next()) {
            lines.add(rows.getString(1));
          }
        }
      }
    }
    return lines;
  }
}
