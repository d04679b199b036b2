package dev.godwit.loader.postgresql;

import dev.godwit.spi.dataset.SchemaObject;
import dev.godwit.spi.load.Loader.Obstacle;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Settings of the database by parameters that the target's server has not, such as {@code
 * transaction_timeout} before 17: they are made last of all. A name with a dot is any extension's.
 */
final class UnknownSettings {
  private final SortedMap<String, SchemaObject> byParameter = new TreeMap<>();

  /** Learns of a definition, and keeps it in mind where it is a setting. */
  void learn(SchemaObject object) {
    if (object.kind().equals("setting")) {
      String name = object.name().last();
      byParameter.put(name.substring(name.lastIndexOf(' ') + 1), object);
    }
  }

  /** Those that a server lacks; asked by a superuser, from whom it hides no parameter. */
  List<Obstacle> obstacles(Connection connection) throws SQLException {
    List<Obstacle> obstacles = new ArrayList<>();
    try (PreparedStatement query =
        connection.prepareStatement(
            "select p from unnest(?) p where strpos(p, '.') = 0"
                + " and current_setting(p, true) is null")) {
      query.setArray(1, connection.createArrayOf("text", byParameter.keySet().toArray()));
      try (ResultSet rows = query.executeQuery()) {
        while (rows.next()) {
          obstacles.add(
              new Obstacle(
                  "the target's server has no parameter %s, which %s sets"
                      .formatted(rows.getString(1), byParameter.get(rows.getString(1)).name()),
                  "load into a server that has it, or go on without what is refused with"
                      + " --keep-going"));
        }
      }
    }
    return obstacles;
  }
}
