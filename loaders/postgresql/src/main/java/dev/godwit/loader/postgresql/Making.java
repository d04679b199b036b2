package dev.godwit.loader.postgresql;

import dev.godwit.spi.dataset.SchemaObject;
import dev.godwit.spi.run.Cancellation;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;

/**
 * Carries out definitions, each in a transaction with its mark in the ledger, and so once. Many go
 * in one transaction; where one of them fails, all of it is taken back and they are carried out one
 * by one, in order and with nothing beside them. So what only met another session at the wrong
 * moment is made after all, and what is refused by itself is known.
 */
final class Making {
  /** Definitions in one transaction: few enough to hold their locks, many enough to be quick. */
  private static final int TOGETHER = 50;

  /** Transactions of a lane before lanes wait for each other. */
  private static final int TRANSACTIONS = 10;

  private static final int ATTEMPTS = 3;

  private final ConnectionPool pool;
  private final int jobs;
  private final boolean resumed;
  private final Unmade unmade;
  private final Function<SchemaObject, String> definition;
  private final Cancellation cancellation;

  /**
   * Makes with some connections at once.
   *
   * @param definition what is said of an object that was refused
   */
  Making(
      ConnectionPool pool,
      int jobs,
      boolean resumed,
      Unmade unmade,
      Function<SchemaObject, String> definition,
      Cancellation cancellation) {
    this.pool = pool;
    this.jobs = jobs;
    this.resumed = resumed;
    this.unmade = unmade;
    this.definition = definition;
    this.cancellation = cancellation;
  }

  /** How an object is made, in a transaction that is not its own. */
  @FunctionalInterface
  interface Maker {
    /**
     * The statements that make it; none where there is nothing to do.
     *
     * @param connection in the transaction, to look around; statements of objects that are made
     *     together with this one may not be carried out yet
     */
    List<String> statements(Connection connection, SchemaObject object) throws SQLException;
  }

  /** The statements of one piece of work, as {@link Maker} has them. */
  @FunctionalInterface
  interface Piece {
    List<String> statements(Connection connection) throws SQLException;
  }

  /** Makes objects, each after those before it that it needs; takes them one after the other. */
  void all(Iterator<SchemaObject> objects, Maker maker) {
    ExecutorService threads = Executors.newFixedThreadPool(jobs, Making::thread);
    try {
      Wave wave = wave();
      while (objects.hasNext()) {
        SchemaObject object = objects.next();
        if (!wave.takes(object)) {
          make(wave, threads, maker);
          wave = wave();
        }
        wave.add(object);
      }
      make(wave, threads, maker);
    } finally {
      threads.shutdownNow();
    }
  }

  private Wave wave() {
    return new Wave(jobs, jobs * TRANSACTIONS * TOGETHER);
  }

  private static Thread thread(Runnable work) {
    Thread thread = new Thread(work, "godwit-making");
    thread.setDaemon(true);
    return thread;
  }

  private void make(Wave wave, ExecutorService threads, Maker maker) {
    cancellation.check();
    List<Future<List<SchemaObject>>> lanes =
        wave.lanes().stream().map(lane -> threads.submit(() -> make(lane, maker))).toList();
    List<SchemaObject> again = new ArrayList<>();
    List<Throwable> failures = new ArrayList<>();
    for (Future<List<SchemaObject>> lane : lanes) {
      try {
        again.addAll(lane.get());
      } catch (ExecutionException e) {
        failures.add(e.getCause());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException("a thread of the load was interrupted", e);
      }
    }
    if (!failures.isEmpty()) {
      throw failures.get(0) instanceof RuntimeException first
          ? first
          : new IllegalStateException(failures.get(0));
    }
    for (SchemaObject object : again) {
      once(object, item(object), connection -> maker.statements(connection, object));
    }
  }

  /** Makes those of a lane; returns those of transactions that failed. */
  private List<SchemaObject> make(List<SchemaObject> lane, Maker maker) {
    List<SchemaObject> failed = new ArrayList<>();
    for (int from = 0; from < lane.size(); from += TOGETHER) {
      cancellation.check();
      List<SchemaObject> together = lane.subList(from, Math.min(from + TOGETHER, lane.size()));
      try {
        pool.inTransaction(
            connection -> Pieces.run(connection, statements(connection, together, maker)));
      } catch (SQLException e) {
        if (SqlFailure.endsAll(e)) {
          throw SqlFailure.of(
              "cannot make " + together.get(0).id() + " and others", e, cancellation);
        }
        failed.addAll(together);
      }
    }
    return failed;
  }

  /**
   * What makes objects, and marks them: sent in one go, since each answer is a way there and back.
   */
  private List<String> statements(Connection connection, List<SchemaObject> objects, Maker maker)
      throws SQLException {
    List<String> statements = new ArrayList<>();
    List<String> items = new ArrayList<>();
    for (SchemaObject object : objects) {
      if (isLeft(connection, object, item(object))) {
        statements.addAll(maker.statements(connection, object));
        items.add(item(object));
      }
    }
    if (!items.isEmpty()) {
      statements.add(Ledger.marking(items));
    }
    return statements;
  }

  private boolean isLeft(Connection connection, SchemaObject object, String item)
      throws SQLException {
    return !unmade.leavesOut(object) && !(resumed && Ledger.holds(connection, item));
  }

  /**
   * Does a piece of work for an object, unless it was done; again where it met others at the wrong
   * moment.
   *
   * @param item its mark
   */
  void once(SchemaObject object, String item, Piece piece) {
    for (int attempt = 1; ; attempt++) {
      cancellation.check();
      try {
        pool.inTransaction(
            connection -> {
              if (isLeft(connection, object, item)) {
                List<String> statements = new ArrayList<>(piece.statements(connection));
                statements.add(Ledger.marking(List.of(item)));
                Pieces.run(connection, statements);
              }
            });
        return;
      } catch (SQLException e) {
        if (attempt == ATTEMPTS || !SqlFailure.isMeeting(e)) {
          unmade.refused(object, definition.apply(object), e);
          return;
        }
      }
    }
  }

  /** The mark of an object that is made. */
  static String item(SchemaObject object) {
    return "object " + object.id();
  }
}
