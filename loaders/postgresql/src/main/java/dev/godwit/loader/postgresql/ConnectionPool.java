package dev.godwit.loader.postgresql;

import dev.godwit.spi.run.Cancellation;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** The connections that workers write with: as many as there are workers, kept between uses. */
final class ConnectionPool implements AutoCloseable {
  private static final int WAIT_MILLIS = 200;

  private final TargetDatabase target;
  private final Cancellation cancellation;
  private final int size;
  private final Semaphore free;
  private final ConcurrentLinkedDeque<Connection> idle = new ConcurrentLinkedDeque<>();

  ConnectionPool(TargetDatabase target, int size, Cancellation cancellation) {
    this.target = target;
    this.cancellation = cancellation;
    this.size = size;
    this.free = new Semaphore(size);
  }

  /** How many connections are in use now. */
  int busy() {
    return size - free.availablePermits();
  }

  /** What is done in one transaction. */
  @FunctionalInterface
  interface Work {
    void on(Connection connection) throws SQLException;
  }

  /** A connection in a transaction of its own; exactly one of the two ways gives it back. */
  final class Lease {
    private Connection connection;

    private Lease(Connection connection) {
      this.connection = connection;
    }

    Connection connection() {
      return connection;
    }

    /** Commits and gives the connection back. */
    void commit() throws SQLException {
      connection.commit();
      Connection clean = connection;
      connection = null;
      idle.push(clean);
      free.release();
    }

    /** Takes back what was done; nothing where the connection was given back already. */
    void rollback() {
      if (connection == null) {
        return;
      }
      Connection used = connection;
      connection = null;
      try {
        used.rollback();
        idle.push(used);
      } catch (SQLException e) {
        shut(used);
      } finally {
        free.release();
      }
    }
  }

  /** Waits for a connection. */
  Lease lease() throws SQLException {
    try {
      do {
        cancellation.check();
      } while (!free.tryAcquire(WAIT_MILLIS, TimeUnit.MILLISECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      cancellation.check();
      throw new SQLException("interrupted while waiting for a connection", e);
    }
    try {
      Connection connection = idle.poll();
      return new Lease(connection != null ? connection : fresh());
    } catch (SQLException | RuntimeException e) {
      free.release();
      throw e;
    }
  }

  private Connection fresh() throws SQLException {
    Connection connection = target.open();
    settle(connection);
    connection.setAutoCommit(false);
    return connection;
  }

  /** What could colour what a definition makes, and what only the last commit needs. */
  static void settle(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("set synchronous_commit = off");
      statement.execute("set default_tablespace = ''");
      statement.execute("set check_function_bodies = off");
      if (connection.getMetaData().getDatabaseMajorVersion() >= 12) {
        statement.execute("set default_table_access_method = heap");
      }
    }
  }

  /** Does work in a transaction: all of it, or none. */
  void inTransaction(Work work) throws SQLException {
    Lease lease = lease();
    try {
      work.on(lease.connection());
      lease.commit();
    } finally {
      lease.rollback();
    }
  }

  /** Does work that the server does in no transaction of others. */
  void outsideTransactions(Work work) throws SQLException {
    Lease lease = lease();
    try {
      lease.connection().setAutoCommit(true);
      try {
        work.on(lease.connection());
      } finally {
        lease.connection().setAutoCommit(false);
      }
    } finally {
      lease.rollback();
    }
  }

  private static void shut(Connection connection) {
    try {
      connection.close();
    } catch (SQLException e) {
      // It is broken already; the server ends what it did.
    }
  }

  @Override
  public void close() {
    for (Connection connection; (connection = idle.poll()) != null; ) {
      shut(connection);
    }
  }
}
