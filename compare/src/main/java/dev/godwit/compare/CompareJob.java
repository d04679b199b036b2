package dev.godwit.compare;

import dev.godwit.mapping.run.RenamedDatasets;
import dev.godwit.spi.error.ExitCode;
import dev.godwit.spi.error.GodwitException;
import dev.godwit.spi.extract.ExtractRun;
import dev.godwit.spi.name.DatasetFilter;
import dev.godwit.spi.name.DatasetPattern;
import dev.godwit.spi.name.Renames;
import dev.godwit.spi.run.PluginContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Compares two sides, as far as a request says. */
public final class CompareJob {
  private final CompareSide a;
  private final CompareSide b;
  private final CompareRequest request;
  private final PluginContext context;

  /**
   * A job.
   *
   * @param context its jobs are those of each side
   */
  public CompareJob(CompareSide a, CompareSide b, CompareRequest request, PluginContext context) {
    this.a = a;
    this.b = b;
    this.request = request;
    this.context = context;
  }

  /**
   * Compares.
   *
   * @throws GodwitException {@code USAGE} where the filter takes nothing on either side, or A has
   *     not what is renamed
   */
  public CompareReport run(CompareListener listener) {
    boolean twoKinds = !a.engine().equals(b.engine());
    Opened ofA = Opened.of(a, request.filter(), twoKinds);
    try (ofA;
        Opened ofB = Opened.of(b, request.filterOfB(), twoKinds)) {
      if (ofA.run().isEmpty() && (ofB.run().isEmpty() || !request.renames().isEmpty())) {
        throw ofA.failure().orElseThrow();
      }
      ofA.run().ifPresent(this::requireRenamed);
      Optional<KeysTogether> keys = twoKinds ? together(ofA, ofB) : Optional.empty();
      return new Comparison(
              keys.map(a::compared).orElseGet(() -> ofA.compared(a)),
              ofB.compared(b),
              keys.isPresent() ? Renames.NONE : request.renames(),
              request.shown(),
              context,
              listener)
          .run();
    }
  }

  /** Two kinds of store call their spaces of keys otherwise, each by names of its own. */
  private Optional<KeysTogether> together(Opened ofA, Opened ofB) {
    return ofA.run()
        .flatMap(run -> ofB.run().flatMap(b -> KeysTogether.of(run, request.renames(), b)));
  }

  private void requireRenamed(ExtractRun run) {
    RenamedDatasets.require(
        request.renames().names().keySet(),
        run.catalogue(),
        "a new name is given to a dataset of A; compare without it tells the names there are");
  }

  /** An open run; or none, where nothing of what is meant is on this side. */
  private record Opened(Optional<ExtractRun> run, Optional<GodwitException> failure)
      implements AutoCloseable {

    /**
     * What only one side has is a difference there, and no fault of the filter.
     *
     * @param twoKinds whether names of the other side may have other parts, but for the last
     */
    static Opened of(CompareSide side, DatasetFilter filter, boolean twoKinds) {
      try {
        return new Opened(Optional.of(side.open(filter)), Optional.empty());
      } catch (GodwitException e) {
        if (e.exitCode() != ExitCode.USAGE || filter.takesAll()) {
          throw e;
        }
        return new Opened(matching(side, filter, twoKinds), Optional.of(e));
      }
    }

    private static Optional<ExtractRun> matching(
        CompareSide side, DatasetFilter filter, boolean twoKinds) {
      List<DatasetPattern> matching = new ArrayList<>();
      for (DatasetPattern pattern : filter.include()) {
        if (matches(side, filter, pattern)) {
          matching.add(pattern);
        } else if (twoKinds && matches(side, filter, pattern.last())) {
          matching.add(pattern.last());
        }
      }
      return matching.isEmpty() ? Optional.empty() : open(side, filter, matching);
    }

    private static boolean matches(CompareSide side, DatasetFilter filter, DatasetPattern pattern) {
      Optional<ExtractRun> run = open(side, filter, List.of(pattern));
      run.ifPresent(ExtractRun::close);
      return run.isPresent();
    }

    private static Optional<ExtractRun> open(
        CompareSide side, DatasetFilter filter, List<DatasetPattern> include) {
      try {
        return Optional.of(
            side.open(new DatasetFilter(include, filter.exclude(), List.of(), List.of())));
      } catch (GodwitException e) {
        if (e.exitCode() == ExitCode.USAGE) {
          return Optional.empty();
        }
        throw e;
      }
    }

    ComparedRun compared(CompareSide side) {
      return run.map(side::compared).orElseGet(ComparedRun::nothing);
    }

    @Override
    public void close() {
      run.ifPresent(ExtractRun::close);
    }
  }
}
