package dev.godwit.compare;

import dev.godwit.spi.dataset.Dataset;
import dev.godwit.spi.error.ExitCode;
import dev.godwit.spi.error.GodwitException;
import dev.godwit.spi.extract.ConsistencyPoint.Guarantee;
import dev.godwit.spi.extract.ExtractRun;
import dev.godwit.spi.extract.Reading;
import dev.godwit.spi.name.DatasetName;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** One side of a comparison: an open run, or nothing at all. Does not close the run. */
public final class ComparedRun {
  private final Optional<ExtractRun> run;
  private final boolean lasting;

  private ComparedRun(Optional<ExtractRun> run, boolean lasting) {
    this.run = run;
    this.lasting = lasting;
  }

  /** A store, which shows the same again as far as its guarantee goes. */
  public static ComparedRun ofStore(ExtractRun run) {
    return new ComparedRun(Optional.of(run), false);
  }

  /** A vault's snapshot, which never changes. */
  public static ComparedRun ofSnapshot(ExtractRun run) {
    return new ComparedRun(Optional.of(run), true);
  }

  /** A side that has none of the datasets that are meant. */
  public static ComparedRun nothing() {
    return new ComparedRun(Optional.empty(), true);
  }

  /** Whether both are runs, of two kinds of store. */
  boolean otherKind(ComparedRun other) {
    return run.isPresent()
        && other.run.isPresent()
        && !run.get().info().engine().equals(other.run.get().info().engine());
  }

  /** To be closed by the caller. */
  Stream<Dataset> datasets() {
    return run.isEmpty() ? Stream.empty() : run.get().catalogue().datasets();
  }

  /** A name of this side without its database: two sides seldom call that the same. */
  DatasetName relative(DatasetName name) {
    return relative(name, name);
  }

  /**
   * What a dataset is called instead, without its database.
   *
   * @param own its name on this side
   */
  DatasetName relative(DatasetName own, DatasetName instead) {
    List<String> parts = instead.parts();
    boolean withDatabase =
        parts.size() > 1
            && run.isPresent()
            && own.parts().get(0).equals(run.get().source().database());
    return withDatabase ? new DatasetName(parts.subList(1, parts.size())) : instead;
  }

  /**
   * Its partitions; of a run that is one pass, as they are by now.
   *
   * @throws GodwitException {@code FAILED} where it can be read only once
   */
  Reading.Partitioned reading() {
    if (run.orElseThrow().reading() instanceof Reading.Partitioned partitioned) {
      return partitioned;
    }
    return run.get()
        .later()
        .orElseThrow(
            () ->
                new GodwitException(
                    ExitCode.FAILED,
                    run.get().source().address() + " can be read only once, in one pass",
                    "back it up, and compare the vault"));
  }

  /** What the comparison cannot be sure of because of this side; empty where it can. */
  Optional<String> remark(Side side) {
    if (run.isEmpty()) {
      return Optional.empty();
    }
    boolean onePass = !(run.get().reading() instanceof Reading.Partitioned);
    Guarantee guarantee = onePass ? Guarantee.FUZZY : run.get().conclude().point().guarantee();
    if (guarantee == Guarantee.SNAPSHOT) {
      return Optional.empty();
    }
    return Optional.of(
        side
            + (lasting
                ? " was not backed up at one instant ("
                : " cannot show the same instant again (")
            + guarantee
            + "): what changed meanwhile may count as a difference, or hide one");
  }
}
