package dev.godwit.loader.postgresql;

import dev.godwit.spi.load.LoadRun.Step;
import dev.godwit.spi.name.DatasetName;
import dev.godwit.spi.run.Cancellation;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Tables whose pages are marked as visible to all before their indexes are built, so that their
 * foreign keys are checked by indexes alone (PostgreSQL's manual, "Index-Only Scans and Covering
 * Indexes"). Where a page cannot be marked, because another session looks at an older state, the
 * check is as ever.
 */
final class VisiblePages {
  /** From here on VACUUM can leave the long values of a table alone. */
  private static final int WITHOUT_LONG_VALUES = 14;

  /** How much less than building an index of the table it takes. */
  private static final long CHEAPER = 5;

  private final IndexedReferences references;
  private final ConnectionPool pool;
  private final Renaming renaming;
  private final TableSizes sizes;
  private final Cancellation cancellation;

  VisiblePages(
      IndexedReferences references,
      ConnectionPool pool,
      Renaming renaming,
      TableSizes sizes,
      Cancellation cancellation) {
    this.references = references;
    this.pool = pool;
    this.renaming = renaming;
    this.sizes = sizes;
    this.cancellation = cancellation;
  }

  /** The steps that mark them, each needing its table for itself. */
  List<Step> steps() {
    return references.tables().stream()
        .map(
            table ->
                new Step(
                    name(table),
                    List.of(),
                    Set.of(),
                    Set.of(table.toString()),
                    Math.max(1, sizes.rows(table) / CHEAPER),
                    () -> mark(table)))
        .toList();
  }

  /** The names of the steps that go before anything is built over a table. */
  List<String> before(DatasetName table) {
    return references.tables().contains(table) ? List.of(name(table)) : List.of();
  }

  private static String name(DatasetName table) {
    return "visible pages of " + table;
  }

  private void mark(DatasetName table) {
    cancellation.check();
    try {
      pool.inTransaction(Ledger::keep); // rows whose commit is not on the disk yet are not marked
      pool.outsideTransactions(connection -> vacuum(connection, renaming.relation(table)));
    } catch (SQLException e) {
      // The check takes longer, and says what is wrong with the server where something is.
      cancellation.check();
    }
  }

  private static void vacuum(Connection connection, Relation relation) throws SQLException {
    boolean apart = connection.getMetaData().getDatabaseMajorVersion() >= WITHOUT_LONG_VALUES;
    Pieces.run(connection, "VACUUM " + (apart ? "(PROCESS_TOAST false) " : "") + relation.quoted());
  }

  /**
   * What has a transaction check the foreign keys between two tables by their indexes, if nearly
   * all pages of both are marked; nothing where that is of no use.
   */
  Optional<String> toCheck(DatasetName table, DatasetName target) {
    return references.hold(table, target)
        ? Optional.of(
            "select set_config('enable_hashjoin', 'off', true) where (select count(*) = 2"
                + " from pg_class where relallvisible >= 0.9 * relpages and oid in ("
                + oid(table)
                + ", "
                + oid(target)
                + "))")
        : Optional.empty();
  }

  private String oid(DatasetName table) {
    return Relation.literal(renaming.relation(table).quoted()) + "::regclass";
  }
}
