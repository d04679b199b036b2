package dev.godwit.loader.postgresql;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What the server may take to build an index or to check a foreign key: memory ({@code
 * maintenance_work_mem}), and parallel workers.
 *
 * <p>Memory is what one pass over the data needs, and no more: runs that fit the processor's cache
 * are sorted and merged in about two thirds of the time of one sort in 256 MB, and a hash table
 * that fits it is looked up in half the time (6 million rows, PostgreSQL 15). What one pass needs
 * grows with the square root of the data. It never goes beyond the session's share of a budget.
 *
 * <p>Parallel workers do more work in all. Where the server shares this machine, none are taken
 * while other sessions keep its processors busy; elsewhere the server's setting is left.
 */
final class IndexMemory {
  private static final long MB = 1 << 20;

  /** No less, and no more than this, in MB. */
  private static final long LEAST_TO_SORT = 8;

  private static final long LEAST_TO_LOOK_UP = 4;
  private static final long MOST = 1024;

  /** Bytes that a row takes in a sort, and in a hash table; both about. */
  private static final long ROW = 64;

  /** Bytes that the server reads at a time of each run that it merges (tuplesort.c). */
  private static final long RUN = 272 << 10;

  /** Files that a hash table too large for the memory is spread over. */
  private static final long FILES = 32;

  private final long share;
  private final long serversOwn;
  private final int processors;
  private final int workers;
  private final AtomicLong most = new AtomicLong();

  private IndexMemory(long share, long serversOwn, int processors, int workers) {
    this.share = share;
    this.serversOwn = serversOwn;
    this.processors = processors;
    this.workers = workers;
  }

  /**
   * The share of one of several sessions.
   *
   * @param budget megabytes for all of them
   */
  static IndexMemory of(Connection connection, long budget, int sessions) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                """
                select setting::bigint / 1024,
                  (select setting::int from pg_settings
                   where name = 'max_parallel_maintenance_workers'),
                  inet_server_addr() is not distinct from inet_client_addr()
                from pg_settings where name = 'maintenance_work_mem'
                """)) {
      row.next();
      long own = row.getLong(1);
      boolean here = row.getBoolean(3);
      // Before version 11 there is no such setting, and no such workers.
      int workers = row.getInt(2);
      return new IndexMemory(
          Math.min(MOST, Math.max(own, budget / sessions)),
          own,
          here ? Runtime.getRuntime().availableProcessors() : Integer.MAX_VALUE,
          workers);
    }
  }

  /** The most that any session took so far, in MB. */
  long most() {
    return most.get();
  }

  /**
   * What sets it for a transaction that sorts the rows of a table.
   *
   * @param rows of the table, or -1
   * @param busy sessions at work, this one included
   */
  List<String> toSort(long rows, int busy) {
    long bytes = ROW * Math.max(0, rows);
    long onePass = (long) Math.sqrt((double) bytes * RUN) / MB;
    String memory = take(rows < 0 ? serversOwn : Math.max(LEAST_TO_SORT, onePass));
    if (workers == 0 || processors == Integer.MAX_VALUE) {
      return List.of(memory);
    }
    int free = Math.max(0, processors - busy);
    return List.of(
        memory, "set local max_parallel_maintenance_workers = " + Math.min(workers, free));
  }

  /**
   * What sets it for a transaction that looks rows up in another table.
   *
   * @param rows of that table, or -1
   */
  String toLookUp(long rows) {
    long spread = ROW * Math.max(0, rows) / FILES / MB;
    return take(rows < 0 ? serversOwn : Math.max(LEAST_TO_LOOK_UP, spread));
  }

  private String take(long wanted) {
    long taken = Math.min(share, wanted);
    most.accumulateAndGet(taken, Math::max);
    return "set local maintenance_work_mem = '" + taken + "MB'";
  }
}
