package dev.godwit.extractor.postgresql.read;

import dev.godwit.extractor.postgresql.session.Session;
import dev.godwit.spi.error.CancelledException;
import dev.godwit.spi.error.ExitCode;
import dev.godwit.spi.error.GodwitException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;

/**
 * The transaction that holds the run's snapshot and locks. Its connection is lent to one thread at
 * a time.
 */
final class Coordinator implements AutoCloseable {
  private final Session session;
  private final ConsistentStart.Reached reached;
  private final ReadFailure failures;

  /** What broke the transaction, and with it the snapshot that others would import. */
  private GodwitException broken;

  Coordinator(Session session, ConsistentStart.Reached reached, ReadFailure failures) {
    this.session = session;
    this.reached = reached;
    this.failures = failures;
  }

  /** Something that is asked of the database. */
  interface Question<T> {
    T ask(Connection connection) throws SQLException;
  }

  /**
   * Asks in the run's transaction.
   *
   * @param what is being read, for the failure
   */
  synchronized <T> T ask(Object what, Question<T> question) {
    try {
      return question.ask(session.connection());
    } catch (CancelledException e) {
      throw e;
    } catch (SQLException | GodwitException e) {
      GodwitException failure = failures.of(what, e);
      if (broken == null) {
        broken = failure;
      }
      throw failure;
    }
  }

  /**
   * Throws what broke the transaction, if something has: whoever cannot import its snapshot is only
   * told that it is gone. Waits for what is being asked just now.
   */
  synchronized void requireUnbroken() {
    if (broken != null) {
      throw new GodwitException(
          broken.exitCode(), broken.getMessage(), broken.hint().orElse(null), broken);
    }
  }

  /** What is wrong with a statement; empty if it can be run. The transaction goes on either way. */
  synchronized Optional<String> tryOut(String sql) {
    try {
      session.execute("savepoint tried");
      Optional<String> wrong = Optional.empty();
      try (Statement statement = session.connection().createStatement()) {
        statement.setEscapeProcessing(false);
        statement.execute(sql);
      } catch (SQLException e) {
        wrong = Optional.of(ReadFailure.firstLine(e));
      }
      session.execute("rollback to savepoint tried; release savepoint tried");
      return wrong;
    } catch (SQLException e) {
      throw failures.of("a condition", e);
    }
  }

  ConsistentStart.Reached reached() {
    return reached;
  }

  /** Makes sure that the transaction has held its snapshot and its locks to the end. */
  void checkHeld() {
    String now = ask("the snapshot of the run", this::snapshot);
    if (!now.equals(reached.snapshot())) {
      throw new GodwitException(
          ExitCode.FAILED,
          "the transaction that held the run's snapshot did not last",
          "a pooler between here and the server must keep sessions; connect to the server itself");
    }
  }

  private String snapshot(Connection connection) throws SQLException {
    String sql = "select pg_catalog." + ConsistentStart.snapshotFunction(session) + "::text";
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getString(1);
    }
  }

  @Override
  public void close() {
    session.close();
  }
}
