package dev.godwit.transfer;

import dev.godwit.spi.run.Cancellation;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * So many threads, and as many tasks again that wait for one: whoever hands over more waits, so
 * that work is met no faster than it is done.
 */
final class Workers {
  private final int jobs;
  private final Cancellation cancellation;
  private final Failures failures;

  Workers(int jobs, Cancellation cancellation) {
    this.jobs = jobs;
    this.cancellation = cancellation;
    this.failures = new Failures(cancellation);
  }

  /** Takes a task, and waits where enough of them are waiting already. */
  @FunctionalInterface
  interface HandOver {
    /**
     * Hands a task over.
     *
     * @throws dev.godwit.spi.error.CancelledException once the run has failed or was cancelled
     */
    void hand(Runnable task);
  }

  /** Finds work, in the thread of the caller. */
  @FunctionalInterface
  interface Coordinator {
    void walk(HandOver workers);
  }

  /**
   * Runs all that the coordinator hands over, and returns when the last task has ended.
   *
   * @throws RuntimeException the first failure of any of them, the others suppressed in it
   */
  void run(Coordinator coordinator) {
    Semaphore room = new Semaphore(2 * jobs);
    ExecutorService threads = Executors.newFixedThreadPool(jobs, named());
    try {
      coordinator.walk(
          task -> {
            room.acquireUninterruptibly(); // tasks end soon once the run is cancelled
            cancellation.check();
            threads.execute(() -> guard(task, room));
          });
    } catch (Throwable failure) {
      failures.add(failure);
    } finally {
      threads.shutdown();
      awaitEnd(threads);
    }
    failures.rethrow();
  }

  private void guard(Runnable task, Semaphore room) {
    try {
      if (!cancellation.isCancelled()) {
        task.run();
      }
    } catch (Throwable failure) {
      failures.add(failure);
    } finally {
      room.release();
    }
  }

  private static ThreadFactory named() {
    AtomicInteger number = new AtomicInteger();
    return task -> {
      Thread thread = new Thread(task, "godwit-worker-" + number.incrementAndGet());
      thread.setDaemon(true);
      return thread;
    };
  }

  private static void awaitEnd(ExecutorService threads) {
    boolean interrupted = false;
    while (true) {
      try {
        if (threads.awaitTermination(1, TimeUnit.MINUTES)) {
          break;
        }
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
