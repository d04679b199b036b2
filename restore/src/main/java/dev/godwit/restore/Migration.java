package dev.godwit.restore;

import dev.godwit.mapping.run.LossCount;
import dev.godwit.mapping.run.MappedRun;
import dev.godwit.mapping.run.Mapping;
import dev.godwit.mapping.run.MappingRequest;
import dev.godwit.mapping.run.Shapes;
import dev.godwit.spi.error.ExitCode;
import dev.godwit.spi.error.GodwitException;
import dev.godwit.spi.extract.ExtractRun;
import dev.godwit.spi.load.LoadPlan;
import dev.godwit.spi.load.LoadRun;
import dev.godwit.spi.load.Loader;
import dev.godwit.spi.name.Renames;
import dev.godwit.spi.run.PluginContext;
import dev.godwit.transfer.Transfer;
import dev.godwit.transfer.TransferListener;
import dev.godwit.transfer.TransferReport;
import java.util.List;

/** A run that is open at its instant, on its way into a store. Closing it ends the run. */
public final class Migration implements AutoCloseable {
  private final MappedRun run;
  private final Mapping mapping;
  private final LossCount losses;
  private final Loader loader;
  private final LoadPlan plan;
  private final boolean alone;
  private final PluginContext context;

  /**
   * A migration that has written nothing yet.
   *
   * @param id names it in the target's ledger
   * @param run closed with it
   * @param loader not closed
   * @param wanted what becomes of the datasets
   * @param alone whether the target is to hold this and nothing else
   */
  Migration(
      String id,
      ExtractRun run,
      Loader loader,
      MappingRequest wanted,
      boolean create,
      boolean resume,
      boolean alone,
      PluginContext context) {
    this.loader = loader;
    this.losses = new LossCount(wanted.policy());
    this.mapping =
        new Mapping(
            run.catalogue(),
            run.info().engine(),
            loader,
            wanted,
            Shapes.of(run, loader.form(), wanted, context.jobs(), context.cancellation()));
    this.run = new MappedRun(run, mapping, losses, context.allocator());
    this.plan =
        new LoadPlan(id, run.info(), this.run.catalogue(), wanted.renames(), create, resume);
    this.alone = alone;
    this.context = context;
  }

  /** What is moved, as the target gets it; still open after {@link #move}, at the same instant. */
  public ExtractRun run() {
    return run;
  }

  /** What becomes of each dataset. */
  public Mapping mapping() {
    return mapping;
  }

  /** What is to have another name in the target. */
  public Renames renames() {
    return plan.renames();
  }

  /** Whether the target is to hold this and nothing else. */
  public boolean alone() {
    return alone;
  }

  /** What stands in the way; nothing is written. */
  public List<Loader.Obstacle> obstacles() {
    return loader.inspect(plan);
  }

  /**
   * Moves everything.
   *
   * @throws GodwitException {@code FAILED} with every obstacle named, before anything is written
   */
  public MoveReport move(TransferListener listener) {
    refuse(obstacles());
    try (LoadRun load = loader.begin(plan)) {
      TransferReport moved =
          new Transfer(
                  context.jobs(), context.cancellation(), listener, Transfer.FailurePolicy.STOP)
              .run(run, load);
      return new MoveReport(
          run.source(), moved, run.catalogue().notCarried(), run.leftOut(), losses.report());
    }
  }

  private static void refuse(List<Loader.Obstacle> obstacles) {
    if (obstacles.isEmpty()) {
      return;
    }
    Loader.Obstacle first = obstacles.get(0);
    StringBuilder what = new StringBuilder(first.what());
    obstacles.stream().skip(1).limit(9).forEach(o -> what.append("; ").append(o.what()));
    if (obstacles.size() > 10) {
      what.append("; and ").append(obstacles.size() - 10).append(" more");
    }
    throw new GodwitException(
        ExitCode.FAILED, what.toString(), first.hint().isEmpty() ? null : first.hint());
  }

  @Override
  public void close() {
    run.close();
  }
}
