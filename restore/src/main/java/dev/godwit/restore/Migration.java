package dev.godwit.restore;

import dev.godwit.mapping.run.KeptCollections;
import dev.godwit.mapping.run.LossCount;
import dev.godwit.mapping.run.MappedRun;
import dev.godwit.mapping.run.Mapping;
import dev.godwit.mapping.run.MappingRequest;
import dev.godwit.mapping.run.Shapes;
import dev.godwit.spi.dataset.Catalogue;
import dev.godwit.spi.error.CancelledException;
import dev.godwit.spi.error.GodwitException;
import dev.godwit.spi.extract.ExtractRun;
import dev.godwit.spi.load.LoadPlan;
import dev.godwit.spi.load.LoadRun;
import dev.godwit.spi.load.Loader;
import dev.godwit.spi.load.ObstructedException;
import dev.godwit.spi.name.Renames;
import dev.godwit.spi.run.PluginContext;
import dev.godwit.transfer.Transfer;
import dev.godwit.transfer.TransferListener;
import dev.godwit.transfer.TransferReport;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;

/** A run that is open at its instant, on its way into a store. Closing it ends the run. */
public final class Migration implements AutoCloseable {
  private final List<Catalogue.LeftOut> without;
  private final MappedRun run;
  private final Mapping mapping;
  private final LossCount losses;
  private final Loader loader;
  private final LoadPlan plan;
  private final SortedMap<String, Long> notTaken;
  private final Terms terms;
  private final CutShort cutShort;
  private final PluginContext context;

  /**
   * On which terms something is moved.
   *
   * @param create whether a missing database is to be made
   * @param resume whether a killed load of the same is to be gone on with
   * @param alone whether the target is to hold this and nothing else
   * @param lasting whether the source shows the same whenever it is asked, as a snapshot does
   * @param part whether datasets were chosen by name, which may come beside what the target holds
   * @param goingOn what is done where it does not come to its end
   */
  record Terms(
      boolean create,
      boolean resume,
      boolean alone,
      boolean lasting,
      boolean part,
      GoingOn goingOn) {}

  /**
   * A migration that has written nothing yet.
   *
   * @param subject what is moved, the same for the same records; with the mapping it names the
   *     migration in the target's ledger
   * @param all closed with it
   * @param loader not closed
   * @param wanted what becomes of the datasets
   */
  Migration(
      String subject,
      ExtractRun all,
      Loader loader,
      MappingRequest wanted,
      Terms terms,
      PluginContext context) {
    this.loader = loader;
    this.losses = new LossCount(wanted.policy());
    OwnEngineDatasets own = OwnEngineDatasets.of(all, loader.info().engine());
    this.notTaken = own.notTaken();
    ExtractRun run = SkippedDatasets.leftOut(own.without(), wanted.choices());
    // Another engine makes nothing of definitions, chosen or not.
    this.without =
        run.info().engine().equals(loader.info().engine()) ? run.catalogue().leftOut() : List.of();
    this.mapping =
        new Mapping(
            run.catalogue(),
            run.info().engine(),
            loader,
            wanted,
            Shapes.of(run, loader.form(), wanted, context.jobs(), context.cancellation()),
            KeptCollections.of(run, loader.form(), wanted, context.cancellation()));
    this.run = new MappedRun(run, mapping, losses, context.allocator());
    this.plan =
        new LoadPlan(
            id(subject, mapping),
            run.info(),
            this.run.catalogue(),
            wanted.renames(),
            terms.create(),
            terms.resume(),
            terms.lasting(),
            terms.part());
    this.terms = terms;
    this.cutShort = new CutShort(loader, terms.goingOn(), terms.resume(), context.cancellation());
    this.context = context;
  }

  /** What is gone on with is known by it. */
  private static String id(String subject, Mapping mapping) {
    String what = subject + ' ' + mapping.mark();
    return UUID.nameUUIDFromBytes(what.getBytes(StandardCharsets.UTF_8)).toString();
  }

  /** What is moved, as the target gets it; still open after {@link #move}, at the same instant. */
  public ExtractRun run() {
    return run;
  }

  /** What becomes of each dataset. */
  public Mapping mapping() {
    return mapping;
  }

  /** Definitions that are not used, because their dataset is made from its mapping, by kind. */
  public SortedMap<String, Long> leftOut() {
    return run.leftOut();
  }

  /** What is to have another name in the target. */
  public Renames renames() {
    return plan.renames();
  }

  /** Whether the target is to hold this and nothing else. */
  public boolean alone() {
    return terms.alone();
  }

  /** What stands in the way; nothing is written. */
  public List<Loader.Obstacle> obstacles() {
    return Stream.concat(
            Transfer.nothingToRead(run).stream()
                .map(e -> new Loader.Obstacle(e.getMessage(), e.hint().orElseThrow())),
            loader.inspect(plan).stream().map(cutShort::told))
        .toList();
  }

  /** Whether the target holds a load that did not come to its end, this one's or another's. */
  public boolean unfinished() {
    LoadPlan anew =
        new LoadPlan(
            plan.id(), plan.origin(), plan.catalogue(), plan.renames(), plan.create(), false);
    return loader.inspect(anew).stream().anyMatch(Loader.Obstacle::unfinished);
  }

  /** Whether the source shows the same whenever it is asked, as a snapshot does. */
  public boolean lasting() {
    return terms.lasting();
  }

  /**
   * Moves everything.
   *
   * @throws ObstructedException if something stands in the way, before anything is written
   * @throws GodwitException {@code FAILED} where there is nothing to move, likewise
   */
  public MoveReport move(TransferListener listener) {
    Transfer.nothingToRead(run)
        .ifPresent(
            failure -> {
              throw failure;
            });
    // Asked ahead: once a load is sealed, no failure of the source may be told of it.
    SortedMap<String, Long> notMoved = new TreeMap<>(run.catalogue().notCarried());
    notTaken.forEach((kind, many) -> notMoved.merge(kind, many, Long::sum));
    try (LoadRun load = begin()) {
      return move(load, notMoved, listener);
    }
  }

  private MoveReport move(
      LoadRun load, SortedMap<String, Long> notMoved, TransferListener listener) {
    try {
      TransferReport moved =
          new Transfer(
                  context.jobs(), context.cancellation(), listener, Transfer.FailurePolicy.STOP)
              .run(run, load);
      moved.definitionsAlone(run.source()).ifPresent(context.warnings());
      return new MoveReport(run.source(), moved, notMoved, run.leftOut(), without, losses.report());
    } catch (RuntimeException e) {
      throw cutShort.told(e);
    }
  }

  private LoadRun begin() {
    try {
      return loader.begin(plan);
    } catch (ObstructedException e) {
      throw new ObstructedException(e.obstacles().stream().map(cutShort::told).toList());
    } catch (RuntimeException e) {
      throw begun() ? cutShort.told(e) : e;
    }
  }

  /**
   * Whether a load that could not begin left something in the target; as much as can be told of one
   * that cannot be asked any more.
   */
  private boolean begun() {
    try {
      return unfinished();
    } catch (CancelledException e) {
      return true;
    } catch (GodwitException e) {
      return false;
    }
  }

  @Override
  public void close() {
    run.close();
  }
}
