package dev.godwit.loader.postgresql;

import dev.godwit.spi.dataset.SchemaObject;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/** Pieces of finishing, each done once. */
final class Pieces {
  /** After such a body the driver does not see where the next statement begins. */
  private static final Pattern ATOMIC =
      Pattern.compile("begin\\s+atomic", Pattern.CASE_INSENSITIVE);

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
  void once(SchemaObject object, String item, Supplier<List<String>> statements) {
    if (!done.contains(item)) {
      making.once(object, item, connection -> statements.get());
      done.add(item);
    }
  }

  /** Makes objects, each after those that it needs, as the function defines them. */
  void inOrder(List<SchemaObject> objects, Function<SchemaObject, String> definition) {
    making.all(
        objects.iterator(),
        (connection, object) -> Places.statements(definition.apply(object), object));
  }

  /** Whether this run has made an object already, or tried to. */
  boolean isDone(SchemaObject object) {
    return done.contains(Making.item(object));
  }

  /**
   * Carries out statements in their order; the driver sends them together. Each begins on a line of
   * its own, for one may end in a comment.
   */
  static void run(Connection connection, List<String> statements) throws SQLException {
    List<String> together = new ArrayList<>();
    for (String statement : statements) {
      together.add(statement);
      if (ATOMIC.matcher(statement).find()) {
        runTogether(connection, together);
        together.clear();
      }
    }
    runTogether(connection, together);
  }

  private static void runTogether(Connection connection, List<String> statements)
      throws SQLException {
    if (!statements.isEmpty()) {
      run(connection, String.join("\n;\n", statements));
    }
  }

  static void run(Connection connection, String definition) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.setEscapeProcessing(false); // braces are the definition's own
      statement.execute(definition);
    }
  }
}
