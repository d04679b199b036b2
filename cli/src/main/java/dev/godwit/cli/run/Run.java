package dev.godwit.cli.run;

import dev.godwit.cli.progress.Outcome;
import dev.godwit.cli.progress.RunView;
import dev.godwit.cli.screen.ErrorText;
import dev.godwit.spi.error.CancelledException;
import dev.godwit.spi.run.Cancellation;
import dev.godwit.spi.run.PluginContext;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.arrow.memory.RootAllocator;

/**
 * One run of a job: its memory, its cancellation by signals, its view.
 *
 * <p>What Arrow may hold outside the heap is bounded: {@value #BASE_MIB} MiB, and {@value #JOB_MIB}
 * MiB more for each job. A job needs a batch of about 4 MiB, twice while a column grows, again as
 * it is serialised, and pieces of large values of 8 MiB; the bound leaves room for rows of several
 * values just below that, and is seldom come near.
 */
public final class Run {
  private static final long BASE_MIB = 96;
  private static final long JOB_MIB = 64;

  /** What is done in a run. */
  @FunctionalInterface
  public interface Work {
    /** Does it, and says what came of it. */
    Outcome in(PluginContext context);
  }

  private Run() {}

  /**
   * Does the work and shows what came of it. The view is closed.
   *
   * @param jobs how many workers
   * @throws CancelledException if a signal came, whatever else the work failed with because of it
   */
  public static int of(RunView view, int jobs, Work work) {
    return of(view, jobs, 1, work);
  }

  /**
   * As {@link #of(RunView, int, Work)}, for work that reads several sides at once.
   *
   * @param jobs how many workers each side has
   * @param sides how many there are
   */
  public static int of(RunView view, int jobs, int sides, Work work) {
    return of(view, jobs, sides, Trail.none(), work);
  }

  /**
   * As {@link #of(RunView, int, int, Work)}, for work that a vault's audit tells.
   *
   * @param trail told what came of it, and closed
   */
  public static int of(RunView view, int jobs, int sides, Trail trail, Work work) {
    Cancellation cancellation = new Cancellation();
    Outcome outcome;
    Signals signals = new Signals(cancellation);
    try (signals;
        view;
        trail) {
      outcome = told(trail, cancellation, () -> inMemory(view, jobs, sides, cancellation, work));
    } catch (RuntimeException | Error failure) {
      Throwable told =
          signalled(cancellation).<Throwable>map(c -> with(c, failure)).orElse(failure);
      view.failed(ErrorText.of(told));
      if (told instanceof Error error) {
        throw error;
      }
      throw (RuntimeException) told;
    }
    view.finished(outcome);
    return outcome.exitCode().status();
  }

  private static Outcome told(Trail trail, Cancellation cancellation, Supplier<Outcome> work) {
    Outcome outcome;
    try {
      outcome = work.get();
    } catch (RuntimeException | Error failure) {
      Throwable told = signalled(cancellation).<Throwable>map(c -> c).orElse(failure);
      trail.ended(ErrorText.of(told).exitCode().status());
      throw failure;
    }
    trail.ended(outcome.exitCode().status());
    return outcome;
  }

  private static Outcome inMemory(
      RunView view, int jobs, int sides, Cancellation cancellation, Work work) {
    RootAllocator allocator = new RootAllocator((BASE_MIB + JOB_MIB * jobs * sides) << 20);
    Outcome outcome;
    try {
      outcome = work.in(new PluginContext(allocator, cancellation, view::warn, jobs));
    } catch (RuntimeException | Error failure) {
      closeAfter(failure, allocator);
      throw failure;
    }
    allocator.close();
    return outcome;
  }

  /** What a failed run left open says nothing that the failure does not. */
  private static void closeAfter(Throwable failure, RootAllocator allocator) {
    try {
      allocator.close();
    } catch (IllegalStateException left) {
      failure.addSuppressed(left);
    }
  }

  /** A run that fails cancels what is left of it too; only a signal counts here. */
  private static Optional<CancelledException> signalled(Cancellation cancellation) {
    try {
      cancellation.check();
      return Optional.empty();
    } catch (CancelledException cancelled) {
      return cancelled.bySignal() ? Optional.of(cancelled) : Optional.empty();
    }
  }

  private static CancelledException with(CancelledException cancelled, Throwable failure) {
    if (failure instanceof CancelledException known && known.exitCode() == cancelled.exitCode()) {
      return known; // it may say more
    }
    cancelled.addSuppressed(failure);
    return cancelled;
  }
}
