package dev.godwit.loader.postgresql;

import dev.godwit.spi.dataset.SchemaObject;
import dev.godwit.spi.run.Cancellation;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/** Pieces of finishing, each done in a transaction with its mark in the ledger, and so once. */
final class Pieces {
  /** Small definitions carried out in one transaction. */
  private static final int TOGETHER = 50;

  private final ConnectionPool pool;
  private final boolean resumed;
  private final Cancellation cancellation;
  private final Set<String> done = ConcurrentHashMap.newKeySet();

  Pieces(ConnectionPool pool, boolean resumed, Cancellation cancellation) {
    this.pool = pool;
    this.resumed = resumed;
    this.cancellation = cancellation;
  }

  /**
   * Does a piece that was not done yet.
   *
   * @param what it makes, for people
   * @param item its mark
   */
  void once(String what, String item, ConnectionPool.Work work) {
    cancellation.check();
    if (done.contains(item)) {
      return;
    }
    try {
      pool.inTransaction(
          connection -> {
            if (!(resumed && Ledger.holds(connection, item))) {
              work.on(connection);
              Ledger.mark(connection, item);
            }
          });
    } catch (SQLException e) {
      throw SqlFailure.of("cannot make " + what, e, cancellation);
    }
    done.add(item);
  }

  /** Makes objects one after the other, as the function defines them. */
  void inOrder(List<SchemaObject> objects, Function<SchemaObject, String> definition) {
    for (int from = 0; from < objects.size(); from += TOGETHER) {
      cancellation.check();
      List<SchemaObject> together =
          objects.subList(from, Math.min(from + TOGETHER, objects.size()));
      try {
        pool.inTransaction(
            connection -> {
              for (SchemaObject object : together) {
                if (!(resumed && Ledger.holds(connection, item(object)))) {
                  Preparation.execute(connection, definition.apply(object), object, cancellation);
                  Ledger.mark(connection, item(object));
                }
              }
            });
      } catch (SQLException e) {
        throw SqlFailure.of("cannot finish the load", e, cancellation);
      }
    }
  }

  /** Whether this run has made an object already. */
  boolean isDone(SchemaObject object) {
    return done.contains(item(object));
  }

  /** The mark of an object that is made. */
  static String item(SchemaObject object) {
    return "object " + object.id();
  }

  static void run(Connection connection, String definition) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.setEscapeProcessing(false); // braces are the definition's own
      statement.execute(definition);
    }
  }
}
