package dev.godwit.extractor.postgresql.read;

import dev.godwit.extractor.postgresql.session.Session;
import dev.godwit.extractor.postgresql.session.Sessions;
import dev.godwit.spi.error.ExitCode;
import dev.godwit.spi.error.GodwitException;
import dev.godwit.spi.name.DatasetName;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * Sessions that read partitions. Each partition is read in a transaction of its own, which imports
 * the run's snapshot and locks its one table, so that a worker's locks never add up. A session is
 * used again once its partition ended well.
 */
final class Workers implements AutoCloseable {
  private static final String LOCK_NOT_AVAILABLE = "55P03";

  private final Sessions sessions;
  private final String database;
  private final Coordinator coordinator;
  private final ReadFailure failures;
  private final Deque<Session> idle = new ArrayDeque<>();
  private boolean closed;

  /**
   * Sessions with a database.
   *
   * @param first one that is open already, and theirs from now on
   */
  Workers(
      Sessions sessions,
      String database,
      Coordinator coordinator,
      ReadFailure failures,
      Session first) {
    this.sessions = sessions;
    this.database = database;
    this.coordinator = coordinator;
    this.failures = failures;
    idle.add(prepared(first));
  }

  /** A session in a transaction that shows the run's snapshot, with the table locked. */
  Session begin(Relation relation) {
    Session session = idleOrNew();
    try {
      join(session, lock(relation));
      return session;
    } catch (SQLException e) {
      try {
        if (LOCK_NOT_AVAILABLE.equals(ReadFailure.state(e))) {
          throw Blockers.failure(
              session, List.of(relation), ", or end the statement that waits", e);
        }
      } finally {
        session.close();
      }
      throw failures.of(relation.name(), e);
    } catch (RuntimeException e) {
      session.close();
      throw e;
    }
  }

  /** A session in a transaction that shows the run's snapshot, for a query. */
  Session beginQuery(DatasetName name) {
    Session session = idleOrNew();
    try {
      // What the query reads is locked by the run already: only someone who waits to change it
      // could stand before this session, and waits for the run.
      join(session, QueryDescription.SEARCH_PATH + "; set local lock_timeout = '10s'");
      return session;
    } catch (SQLException e) {
      session.close();
      throw failures.of(name, e);
    } catch (RuntimeException e) {
      session.close();
      throw e;
    }
  }

  private Session idleOrNew() {
    synchronized (idle) {
      Session known = idle.pollFirst();
      if (known != null) {
        return known;
      }
    }
    return prepared(sessions.openSession(database));
  }

  /** One process reads a partition, from its first page on. */
  private Session prepared(Session session) {
    try {
      session.execute(
          "set max_parallel_workers_per_gather = 0; set synchronize_seqscans = off; "
              + ServerMark.KEEP_QUESTION);
      return session;
    } catch (SQLException e) {
      session.close();
      throw failures.of(database, e);
    }
  }

  /**
   * Begins a transaction on a session that shows the run's snapshot. All goes to the server in one
   * trip: with many small tables the trips are what takes the time.
   *
   * @param then what else the transaction begins with; empty for nothing
   * @throws GodwitException if the session is with another server than the run, or the run's
   *     transaction was broken
   */
  private void join(Session session, String then) throws SQLException {
    ConsistentStart.Reached reached = coordinator.reached();
    ServerMark now;
    try {
      now =
          session.answer(
              "begin isolation level repeatable read, read only; set transaction snapshot "
                  + Sql.text(reached.exported())
                  + "; "
                  + ServerMark.ASK_AGAIN
                  + "; "
                  + then,
              ServerMark::in);
    } catch (SQLException e) {
      session.execute("rollback");
      ServerMark.requireKept(e);
      requireSame(reached, ServerMark.of(session.connection()));
      coordinator.requireUnbroken();
      coordinator.checkHeld();
      throw e;
    }
    requireSame(reached, now);
  }

  private static void requireSame(ConsistentStart.Reached reached, ServerMark now) {
    if (reached.server().wasPromotedTo(now)) {
      throw new GodwitException(
          ExitCode.FAILED,
          "the standby was promoted while it was read",
          "run again; backups of the server that it became go on from those of the standby");
    }
    if (!now.equals(reached.server())) {
      throw new GodwitException(
          ExitCode.FAILED,
          "a further connection reached another server than the one that holds the snapshot",
          "name one server, not a balancer: its own host and port, or targetServerType=primary");
    }
  }

  private static String lock(Relation relation) {
    if (!relation.lockable()) {
      return "";
    }
    // A heap is to be read by its pages, however small the table.
    String settings = relation.heap() ? "; set local enable_seqscan = off" : "";
    return "lock table " + relation.only() + " in access share mode nowait" + settings;
  }

  /** A session outside any transaction; the caller closes it. */
  Session outside() {
    return idleOrNew();
  }

  /** Ends the transaction of a session, and keeps it for another partition. */
  void end(Session session) {
    try {
      session.execute("commit");
      synchronized (idle) {
        if (!closed) {
          idle.addFirst(session);
          return;
        }
      }
    } catch (SQLException e) {
      // Nothing was written; what was read had come to its end before.
    }
    session.close();
  }

  @Override
  public void close() {
    synchronized (idle) {
      closed = true;
      idle.forEach(Session::close);
      idle.clear();
    }
  }
}
