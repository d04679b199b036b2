package dev.godwit.loader.postgresql;

import dev.godwit.spi.dataset.Dataset;
import dev.godwit.spi.dataset.Partition;
import dev.godwit.spi.error.ExitCode;
import dev.godwit.spi.error.GodwitException;
import dev.godwit.spi.extract.ExtractRun;
import dev.godwit.spi.load.LoadPlan;
import dev.godwit.spi.load.LoadRun;
import dev.godwit.spi.load.RecordWriter;
import dev.godwit.spi.run.Cancellation;
import dev.godwit.spi.run.PluginContext;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One load into one database. Holds one connection of its own, and one for each worker. */
final class PostgresqlLoadRun implements LoadRun {
  private static final String REST =
      "mend what was in the way: restore --resume then makes the rest; or drop schema _godwit to"
          + " leave it at that";

  private final TargetDatabase target;
  private final LoadPlan plan;
  private final Cancellation cancellation;
  private final Connection control;
  private final boolean resumed;
  private final ConnectionPool pool;
  private final Unmade unmade;
  private final Preparation preparation;
  private final TargetTables tables;
  private final Finish finish;
  private final List<String> notes;

  private PostgresqlLoadRun(
      TargetDatabase target,
      LoadPlan plan,
      PluginContext context,
      long indexMemory,
      Connection control,
      boolean resumed,
      boolean keepGoing,
      List<String> notes)
      throws SQLException {
    this.target = target;
    this.notes = List.copyOf(notes);
    this.plan = plan;
    this.cancellation = context.cancellation();
    this.control = control;
    this.resumed = resumed;
    this.pool = new ConnectionPool(target, context.jobs(), cancellation);
    Renaming renaming = Renaming.of(plan);
    boolean ownEngine = plan.origin().engine().equals(PostgresqlLoader.ENGINE);
    this.unmade = new Unmade(keepGoing, cancellation);
    Making making =
        new Making(pool, context.jobs(), resumed, unmade, renaming::definition, cancellation);
    this.preparation = new Preparation(plan, renaming, control, resumed, making);
    if (ownEngine) {
      preparation.makeAll();
    }
    this.tables = new TargetTables(control, renaming);
    this.finish =
        new Finish(
            pool,
            plan,
            renaming,
            making,
            IndexMemory.of(control, indexMemory, context.jobs()),
            preparation.reused(),
            new TargetState(control).ofOthers(),
            cancellation);
  }

  /**
   * Takes the database for this run, begins or finds its ledger, and makes what comes before the
   * data.
   *
   * @param keepGoing whether the load goes on without what the server refuses to make
   * @param notes what a person should know already
   * @throws GodwitException {@code LOCKED} where another load is at work
   */
  static PostgresqlLoadRun begin(
      TargetDatabase target,
      LoadPlan plan,
      PluginContext context,
      long indexMemory,
      boolean keepGoing,
      Connection control,
      List<String> notes)
      throws SQLException {
    if (!Ledger.lock(control)) {
      throw Ledger.locked(target);
    }
    ConnectionPool.settle(control);
    control.setAutoCommit(false);
    boolean resumed = Ledger.plan(control).isPresent();
    if (!resumed) {
      Ledger.create(control, plan.id());
    } else if (!plan.resume()) {
      throw new GodwitException(
          ExitCode.FAILED,
          "an unfinished load is in database " + target.display(),
          Inspection.REMOVED);
    }
    // Not committed yet: a ledger tells from its first moment what was there before.
    return new PostgresqlLoadRun(
        target, plan, context, indexMemory, control, resumed, keepGoing, notes);
  }

  @Override
  public Optional<String> leftOut(Dataset dataset) {
    return unmade.without(dataset);
  }

  @Override
  public synchronized void prepare(Dataset dataset) {
    cancellation.check();
    try {
      if (LargeObjectPages.are(dataset)) {
        LargeObjectObstacles.checkWhole(dataset);
      } else if (dataset.neutral() || !plan.origin().engine().equals(PostgresqlLoader.ENGINE)) {
        preparation.makeNeutral(dataset);
      }
      tables.look(dataset);
      control.commit();
    } catch (SQLException e) {
      throw failed("cannot prepare " + dataset.name(), e);
    }
  }

  @Override
  public synchronized boolean holds(Partition partition) {
    if (!resumed) {
      return false;
    }
    try {
      boolean held = Ledger.holds(control, item(partition));
      control.commit();
      return held;
    } catch (SQLException e) {
      throw failed("cannot ask for " + partition, e);
    }
  }

  private static String item(Partition partition) {
    return "partition " + partition;
  }

  @Override
  public RecordWriter open(Dataset dataset, Partition partition) {
    TargetTables.Table table = table(dataset);
    try {
      return new CopyWriter(
          pool.lease(), table, tables.types(), partition.toString(), item(partition), cancellation);
    } catch (SQLException e) {
      throw failed("cannot write " + partition, e);
    }
  }

  private synchronized TargetTables.Table table(Dataset dataset) {
    try {
      TargetTables.Table table = tables.look(dataset);
      control.commit();
      return table;
    } catch (SQLException e) {
      throw failed("cannot look at " + dataset.name(), e);
    }
  }

  @Override
  public void loaded(Dataset dataset) {
    finish.loaded(dataset.name());
  }

  @Override
  public List<Stage> finish(ExtractRun.Conclusion conclusion) {
    return finish.stages(conclusion);
  }

  @Override
  public synchronized LoadReport complete() {
    cancellation.check();
    boolean later = unmade.size() > 0 && plan.repeatable();
    try {
      if (later) {
        Ledger.keep(control);
      } else {
        Ledger.drop(control);
      }
      cancellation.unbroken(control::commit);
    } catch (SQLException e) {
      throw failed("cannot seal the load", e);
    }
    List<String> all = new ArrayList<>(notes);
    all.addAll(finish.notes());
    int unnamed = unmade.size() - unmade.named().size();
    if (unnamed > 0) {
      all.add("and " + unnamed + " more definitions were not made");
    }
    if (later) {
      all.add(REST);
    }
    return new LoadReport("database " + target.display(), all, unmade.named());
  }

  private GodwitException failed(String doing, SQLException e) {
    try {
      control.rollback();
    } catch (SQLException suppressed) {
      e.addSuppressed(suppressed);
    }
    return SqlFailure.of(doing, e, cancellation);
  }

  @Override
  public void close() {
    pool.close();
    try {
      control.close();
    } catch (SQLException e) {
      // Broken already; the server ends the session, and with it the lock.
    }
  }
}
