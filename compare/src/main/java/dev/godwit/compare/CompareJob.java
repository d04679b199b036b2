package dev.godwit.compare;

import dev.godwit.spi.error.ExitCode;
import dev.godwit.spi.error.GodwitException;
import dev.godwit.spi.extract.ExtractRun;
import dev.godwit.spi.name.DatasetFilter;
import dev.godwit.spi.name.DatasetPattern;
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
   * @throws GodwitException {@code USAGE} where the filter takes nothing on either side
   */
  public CompareReport run(CompareListener listener) {
    Opened ofA = Opened.of(a, request.filter());
    try (ofA;
        Opened ofB = Opened.of(b, request.filterOfB())) {
      if (ofA.run().isEmpty() && ofB.run().isEmpty()) {
        throw ofA.failure().orElseThrow();
      }
      return new Comparison(
              ofA.compared(a),
              ofB.compared(b),
              request.renames(),
              request.shown(),
              context.jobs(),
              context.cancellation(),
              listener)
          .run();
    }
  }

  /** An open run; or none, where nothing of what is meant is on this side. */
  private record Opened(Optional<ExtractRun> run, Optional<GodwitException> failure)
      implements AutoCloseable {

    /** What only one side has is a difference there, and no fault of the filter. */
    static Opened of(CompareSide side, DatasetFilter filter) {
      try {
        return new Opened(Optional.of(side.open(filter)), Optional.empty());
      } catch (GodwitException e) {
        if (e.exitCode() != ExitCode.USAGE || filter.takesAll()) {
          throw e;
        }
        return new Opened(matching(side, filter), Optional.of(e));
      }
    }

    private static Optional<ExtractRun> matching(CompareSide side, DatasetFilter filter) {
      List<DatasetPattern> matching = new ArrayList<>();
      for (DatasetPattern pattern : filter.include()) {
        open(side, filter, List.of(pattern))
            .ifPresent(
                run -> {
                  run.close();
                  matching.add(pattern);
                });
      }
      return matching.isEmpty() ? Optional.empty() : open(side, filter, matching);
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
