package dev.godwit.extractor.postgresql.read;

import dev.godwit.extractor.postgresql.session.Session;
import dev.godwit.spi.error.ExitCode;
import dev.godwit.spi.error.GodwitException;
import dev.godwit.spi.extract.DatasetQuery;
import dev.godwit.spi.extract.ExtractRequest;
import dev.godwit.spi.name.DatasetName;
import dev.godwit.spi.run.Cancellation;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Comes to one instant at which every table of a run is whole and stays so.
 *
 * <p>The tables are listed on another connection; all are locked (access share) in the transaction
 * of the run before it takes its snapshot, for a truncation or rewrite that commits between
 * snapshot and lock would be read as no rows at all; then the snapshot is taken, and the tables are
 * listed again as it shows them. Where the lists differ (a table came, went, was renamed or
 * attached meanwhile) all is begun anew. What the two lists agree on cannot change any more: it is
 * locked. Statements that lock or set take no snapshot (PostgreSQL manual, SET TRANSACTION).
 */
final class ConsistentStart {
  private static final int TRIES = 20;
  private static final int GROUP = 500;
  private static final String LOCK_TIMEOUT = "55P03";
  private static final String OUT_OF_MEMORY = "53200";
  private static final String DEADLOCK = "40P01";
  private static final String NOT_PERMITTED = "42501";
  private static final List<String> GONE = List.of("42P01", "3F000", "42809");

  private final Session coordinator;
  private final Session other;
  private final RelationList list;
  private final ExtractRequest request;
  private final ReadOptions options;
  private final Cancellation cancellation;
  private final ReadFailure failures;

  ConsistentStart(
      Session coordinator,
      Session other,
      RelationList list,
      ExtractRequest request,
      ReadOptions options,
      Cancellation cancellation,
      ReadFailure failures) {
    this.coordinator = coordinator;
    this.other = other;
    this.list = list;
    this.request = request;
    this.options = options;
    this.cancellation = cancellation;
    this.failures = failures;
  }

  /**
   * Where it came to.
   *
   * @param selection the tables
   * @param queries described, what they read locked
   * @param exported the snapshot's id, to be imported by other sessions
   * @param snapshot the snapshot itself, as {@code pg_current_snapshot()} says it
   */
  record Reached(
      Selection selection,
      List<DescribedQuery> queries,
      String exported,
      String snapshot,
      ServerMark server) {
    /** The ids of the types of the queries' columns. */
    Set<Integer> queriedTypes() {
      return queries.stream()
          .flatMap(query -> query.columns().stream())
          .map(DescribedQuery.Column::type)
          .collect(Collectors.toSet());
    }
  }

  Reached reach() {
    Map<DatasetName, DatasetQuery> queries = QueryNames.of(request);
    QueryDescription description =
        new QueryDescription(coordinator, options, cancellation, failures);
    for (int i = 0; i < TRIES; i++) {
      cancellation.check();
      try {
        List<Relation> before = list.read(other.connection());
        Selection selection = new Selection(before, request.stored(), queries.keySet());
        List<Relation> locked = List.copyOf(selection.involved());
        if (lock(locked)) {
          String snapshot = snapshot();
          ServerMark server = ServerMark.of(coordinator.connection());
          Selection after =
              new Selection(
                  list.read(coordinator.connection()), request.stored(), queries.keySet());
          if (new HashSet<>(locked).equals(after.involved())) {
            QueryNames.checkClash(queries, after.taken());
            List<DescribedQuery> described = description.of(queries);
            if (described.isEmpty() || description.holds()) {
              return new Reached(after, described, exported(), snapshot, server);
            }
          }
        }
        coordinator.execute("rollback");
      } catch (SQLException e) {
        throw failures.of("the list of tables", e);
      }
    }
    throw new GodwitException(
        ExitCode.FAILED,
        "the tables of the database changed all the time: " + TRIES + " tries to lock them failed",
        "run again when fewer tables are created and dropped, or leave them out with --exclude");
  }

  /** Begins the transaction and locks; false where a table is no more what it was. */
  private boolean lock(List<Relation> relations) throws SQLException {
    coordinator.execute(
        "begin isolation level repeatable read, read only;"
            + " set local lock_timeout = '"
            + options.lockSeconds()
            + "s'");
    List<Relation> lockable = new ArrayList<>(relations);
    lockable.removeIf(relation -> !relation.lockable());
    if (request.keepGoing()) {
      lockable.removeAll(new HashSet<>(closed(lockable)));
    }
    for (int from = 0; from < lockable.size(); from += GROUP) {
      cancellation.check();
      List<Relation> group = lockable.subList(from, Math.min(from + GROUP, lockable.size()));
      try {
        coordinator.execute(
            "lock table "
                + group.stream().map(Relation::only).collect(Collectors.joining(", "))
                + " in access share mode");
      } catch (SQLException e) {
        if (GONE.contains(ReadFailure.state(e)) || DEADLOCK.equals(e.getSQLState())) {
          return false;
        }
        throw refused(group, lockable, e);
      }
    }
    coordinator.execute("set local lock_timeout = 0");
    return true;
  }

  private GodwitException refused(List<Relation> group, List<Relation> all, SQLException e)
      throws SQLException {
    int tables = all.size();
    String state = ReadFailure.state(e);
    if (state.equals(NOT_PERMITTED)) {
      List<Relation> closed = closed(all);
      if (!closed.isEmpty()) {
        String more = closed.size() == 1 ? "" : " and " + (closed.size() - 1) + " more";
        return failures.of(closed.get(0).name() + more, e);
      }
    }
    if (state.equals(LOCK_TIMEOUT)) {
      return Blockers.failure(
          other, group, ", or wait longer with the option lock-timeout (seconds)", e);
    }
    if (state.equals(OUT_OF_MEMORY)) {
      return new GodwitException(
          ExitCode.FAILED,
          "the server has no room to lock " + tables + " tables at once",
          "set max_locks_per_transaction to at least "
              + locksNeeded(tables)
              + " and restart the server, or take fewer tables at a time with --include",
          e);
    }
    return failures.of(group.size() == 1 ? group.get(0).name() : "a table", e);
  }

  /** Those that the user may not read: a failure names the first only, and not its schema. */
  private List<Relation> closed(List<Relation> relations) throws SQLException {
    Set<Integer> closed = new HashSet<>();
    try (PreparedStatement statement =
        other
            .connection()
            .prepareStatement(
                "select c.oid::int8 from pg_catalog.pg_class c where c.oid = any (?)"
                    + " and not (pg_catalog.has_table_privilege(c.oid, 'select')"
                    + " and pg_catalog.has_schema_privilege(c.relnamespace, 'usage'))")) {
      Object[] ids = relations.stream().map(r -> Integer.toUnsignedLong(r.oid())).toArray();
      statement.setArray(1, other.connection().createArrayOf("oid", ids));
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          closed.add((int) rows.getLong(1));
        }
      }
    }
    return relations.stream().filter(r -> closed.contains(r.oid())).toList();
  }

  /** The room for locks is shared by as many transactions as there may be (its manual). */
  private long locksNeeded(int tables) throws SQLException {
    try (Statement statement = other.connection().createStatement();
        ResultSet row =
            statement.executeQuery(
                "select current_setting('max_locks_per_transaction')::int8,"
                    + " current_setting('max_connections')::int8"
                    + " + current_setting('max_prepared_transactions')::int8")) {
      row.next();
      return row.getLong(1) + (tables + row.getLong(2) - 1) / row.getLong(2);
    }
  }

  private String snapshot() throws SQLException {
    return one("select pg_catalog." + snapshotFunction(coordinator) + "::text");
  }

  /** What says which transactions a snapshot shows; its name changed with version 13. */
  static String snapshotFunction(Session session) {
    return session.serverVersion() >= 130_000 ? "pg_current_snapshot()" : "txid_current_snapshot()";
  }

  private String exported() throws SQLException {
    return one("select pg_catalog.pg_export_snapshot()");
  }

  private String one(String sql) throws SQLException {
    try (Statement statement = coordinator.connection().createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getString(1);
    }
  }
}
