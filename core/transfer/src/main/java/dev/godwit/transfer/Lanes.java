package dev.godwit.transfer;

import dev.godwit.spi.run.Cancellation;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * The partitions that wait for a worker, in a lane for each dataset. A worker stays in its lane,
 * and begins another where nobody works; only where there is none does it help: rows then arrive in
 * the order in which they lay, and writers do not wait for each other at a table's end.
 *
 * <p>As many datasets are open at once as there are workers, and as many partitions again wait:
 * whoever adds more waits, so that work is met no faster than it is done. One thread adds; many
 * take.
 */
final class Lanes {
  private final int jobs;
  private final Cancellation cancellation;
  private final List<Lane> lanes = new ArrayList<>();
  private int waiting;
  private boolean ended;

  Lanes(int jobs, Cancellation cancellation) {
    this.jobs = jobs;
    this.cancellation = cancellation;
  }

  /** The partitions of one dataset. */
  final class Lane {
    private final Deque<Runnable> tasks = new ArrayDeque<>();
    private int workers;
    private int added;
    private boolean closed;

    private Lane() {}

    /** Adds a partition. */
    void add(Runnable task) {
      synchronized (Lanes.this) {
        tasks.add(task);
        added++;
        waiting++;
        Lanes.this.notifyAll();
      }
    }

    /** There are no more partitions. */
    void close() {
      synchronized (Lanes.this) {
        closed = true;
        leave();
      }
    }

    private void leave() {
      if (closed && tasks.isEmpty() && workers == 0) {
        lanes.remove(this);
      }
    }
  }

  /** A task, and the lane that it came from. */
  record Taken(Lane lane, Runnable task) {}

  /** Opens a lane for the next dataset. */
  synchronized Lane open() {
    Lane lane = new Lane();
    lanes.add(lane);
    return lane;
  }

  /**
   * Waits until there is room for another partition.
   *
   * @return the open lane that it is to go to; empty where another dataset is to be opened first
   * @throws dev.godwit.spi.error.CancelledException once the run was cancelled
   */
  synchronized Optional<Lane> room(boolean moreDatasets) {
    await(() -> waiting < 2 * jobs);
    List<Lane> open = lanes.stream().filter(lane -> !lane.closed).toList();
    return moreDatasets && open.size() < jobs
        ? Optional.empty()
        : open.stream()
            .min(
                Comparator.comparingInt((Lane lane) -> lane.tasks.size())
                    .thenComparingInt(lane -> lane.added));
  }

  /** Nothing will be added any more. */
  synchronized void end() {
    ended = true;
    notifyAll();
  }

  /**
   * The next task for a worker; waits while there is none.
   *
   * @param last the lane that the worker was in, if any; from here on it is in that of the task
   * @return empty once all is done
   * @throws dev.godwit.spi.error.CancelledException once the run was cancelled
   */
  synchronized Optional<Taken> take(Optional<Lane> last) {
    last.ifPresent(
        lane -> {
          lane.workers--;
          lane.leave();
        });
    await(() -> waiting > 0 || ended);
    if (waiting == 0) {
      return Optional.empty();
    }
    Lane lane =
        last.filter(own -> !own.tasks.isEmpty())
            .orElseGet(
                () ->
                    lanes.stream()
                        .filter(other -> !other.tasks.isEmpty())
                        .min(Comparator.comparingInt(other -> other.workers))
                        .orElseThrow());
    lane.workers++;
    waiting--;
    notifyAll();
    return Optional.of(new Taken(lane, lane.tasks.remove()));
  }

  private synchronized void await(BooleanSupplier condition) {
    cancellation.check();
    try {
      while (!condition.getAsBoolean()) {
        wait();
        cancellation.check();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("a thread of the run was interrupted", e);
    }
  }

  /** Lets everyone who waits see that the run was cancelled. */
  synchronized void wake() {
    notifyAll();
  }
}
