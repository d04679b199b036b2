package dev.godwit.transfer;

import dev.godwit.spi.error.CancelledException;
import dev.godwit.spi.error.ExitCode;
import dev.godwit.spi.error.GodwitException;
import dev.godwit.spi.run.Cancellation;
import java.util.ArrayList;
import java.util.List;

/**
 * What went wrong in the threads of a run. The first failure cancels the run; what others throw
 * because of that is not held against them.
 */
final class Failures {
  private static final int MOST_SUPPRESSED = 20;

  private final Cancellation cancellation;
  private Throwable first;
  private final List<Throwable> others = new ArrayList<>();

  Failures(Cancellation cancellation) {
    this.cancellation = cancellation;
  }

  void add(Throwable failure) {
    ExitCode reason;
    synchronized (this) {
      // The first failure is known a moment before the run is cancelled for it.
      if (first != null || cancellation.isCancelled()) {
        boolean known = failure == first || failure instanceof CancelledException;
        if (!known && others.size() < MOST_SUPPRESSED) {
          others.add(failure);
        }
        return;
      }
      first = failure;
      reason = failure instanceof GodwitException known ? known.exitCode() : ExitCode.FAILED;
    }
    cancellation.cancel(reason);
  }

  /** Throws the first failure, or says that the run was cancelled; else does nothing. */
  synchronized void rethrow() {
    Throwable thrown = first;
    if (thrown == null) {
      try {
        cancellation.check();
        return;
      } catch (CancelledException cancelled) {
        thrown = cancelled;
      }
    }
    others.forEach(thrown::addSuppressed);
    if (thrown instanceof RuntimeException unchecked) {
      throw unchecked;
    } else if (thrown instanceof Error error) {
      throw error;
    }
    throw new IllegalStateException(thrown); // tasks throw nothing else
  }
}
