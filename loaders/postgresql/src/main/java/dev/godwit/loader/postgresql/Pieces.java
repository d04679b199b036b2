package dev.godwit.loader.postgresql;

import dev.godwit.spi.dataset.SchemaObject;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/** Pieces of finishing, each done once. */
final class Pieces {
  private final Making making;
  private final Set<String> done = ConcurrentHashMap.newKeySet();

  Pieces(Making making) {
    this.making = making;
  }

  /**
   * Does a piece of what makes an object, where it was not done yet.
   *
   * @param item its mark
   */
  void once(SchemaObject object, String item, ConnectionPool.Work work) {
    if (!done.contains(item)) {
      making.once(object, item, work);
      done.add(item);
    }
  }

  /** Makes objects, each after those that it needs, as the function defines them. */
  void inOrder(List<SchemaObject> objects, Function<SchemaObject, String> definition) {
    making.all(
        objects.iterator(),
        (connection, object) -> Places.run(connection, definition.apply(object), object));
  }

  /** Whether this run has made an object already, or tried to. */
  boolean isDone(SchemaObject object) {
    return done.contains(Making.item(object));
  }

  static void run(Connection connection, String definition) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.setEscapeProcessing(false); // braces are the definition's own
      statement.execute(definition);
    }
  }
}
