package dev.godwit.loader.postgresql;

import dev.godwit.extractor.postgresql.schema.graph.Attributes;
import dev.godwit.spi.dataset.SchemaObject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;

/** The tablespaces that relations are made in. */
final class Places {
  private Places() {}

  /** What to set for a relation: a partitioned one may not name the database's own place. */
  private static final String SET =
      """
      select set_config('default_tablespace', coalesce((select ?::text where ? not in (
        select t.spcname::text from pg_database d join pg_tablespace t on t.oid = d.dattablespace
        where d.datname = current_database())), ''), true)
      """;

  /** Carries out a definition, so that what it makes lies where it lay. */
  static void run(Connection connection, String definition, SchemaObject object)
      throws SQLException {
    String place = object.attribute(Attributes.TABLESPACE).orElse("");
    if (!place.isEmpty()) {
      set(connection, place);
    }
    Pieces.run(connection, definition);
    if (!place.isEmpty()) {
      set(connection, "");
    }
  }

  private static void set(Connection connection, String place) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(SET)) {
      statement.setString(1, place);
      statement.setString(2, place);
      statement.executeQuery().close();
    }
  }
}
