package dev.godwit.loader.postgresql;

import dev.godwit.extractor.postgresql.schema.graph.Attributes;
import dev.godwit.extractor.postgresql.schema.said.SecurityLabels;
import dev.godwit.spi.dataset.SchemaObject;
import dev.godwit.spi.load.Loader.Obstacle;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;

/** Tablespaces and modules that read labels: what of a server definitions ask for by name. */
final class PlacesAndLabels {
  private static final String NOT_LOADED = "22023";

  private final TreeMap<String, Long> tablespaces = new TreeMap<>();
  private final TreeSet<String> providers = new TreeSet<>();

  /** Learns what a definition asks for. */
  void learn(SchemaObject object) {
    object
        .attribute(Attributes.TABLESPACE)
        .ifPresent(place -> tablespaces.merge(place, 1L, Long::sum));
    if (object.kind().equals(SecurityLabels.WORD)) {
      object.attribute(Attributes.LABEL_PROVIDERS).ifPresent(providers::add);
    }
  }

  /** What of it a server lacks; nothing is written. */
  List<Obstacle> lacking(Connection connection) throws SQLException {
    List<Obstacle> obstacles = new ArrayList<>();
    List<String> missing =
        list(
            connection,
            "select p from unnest(?::text[]) p"
                + " where p not in (select spcname::text from pg_tablespace) order by 1",
            tablespaces.keySet());
    if (!missing.isEmpty()) {
      long many = missing.stream().mapToLong(tablespaces::get).sum();
      obstacles.add(
          new Obstacle(
              (missing.size() == 1 ? "tablespace " : "tablespaces ")
                  + String.join(", ", missing)
                  + (missing.size() == 1 ? " is" : " are")
                  + " needed (by "
                  + many
                  + (many == 1 ? " definition)" : " definitions)")
                  + " and not carried",
              "create it in the server, or have everything in the database's own place with"
                  + " --no-tablespaces"));
    }
    for (String provider :
        list(
            connection,
            "select distinct p from unnest(?::text[]) a cross join lateral unnest(a::text[]) p"
                + " order by 1",
            providers)) {
      if (!isLoaded(connection, provider)) {
        obstacles.add(
            new Obstacle(
                "security label provider "
                    + provider
                    + " is needed, and the server has not loaded it",
                "load its module, or leave labels out with --no-security-labels"));
      }
    }
    return obstacles;
  }

  /** No catalogue lists providers; the server looks for one before it looks for the object. */
  private static boolean isLoaded(Connection connection, String provider) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(
          "security label for "
              + Relation.quote(provider)
              + " on table pg_catalog.\"no table of godwit\" is null");
      return true;
    } catch (SQLException e) {
      return !NOT_LOADED.equals(e.getSQLState());
    }
  }

  private static List<String> list(
      Connection connection, String sql, java.util.Collection<String> values) throws SQLException {
    List<String> found = new ArrayList<>();
    try (PreparedStatement query = connection.prepareStatement(sql)) {
      query.setArray(1, connection.createArrayOf("text", values.toArray()));
      try (ResultSet rows = query.executeQuery()) {
        while (rows.next()) {
          found.add(rows.getString(1));
        }
      }
    }
    return found;
  }
}
