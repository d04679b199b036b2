package dev.godwit.transfer;

import dev.godwit.spi.load.LoadRun.Step;
import dev.godwit.spi.run.Cancellation;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;

/**
 * Says which step is next: of those that wait for nothing and that nothing running keeps out, the
 * one at the head of the longest way to the end (list scheduling by critical path; Graham, "Bounds
 * on multiprocessing timing anomalies", 1969). What takes no effort goes before all. Safe for use
 * by many threads.
 */
final class Agenda {
  private final Cancellation cancellation;
  private final PriorityQueue<Entry> ready =
      new PriorityQueue<>(
          Comparator.comparing((Entry e) -> e.step.effort() > 0)
              .thenComparingLong(e -> -e.way)
              .thenComparingInt(e -> e.position));
  private final Map<String, Integer> sharing = new HashMap<>();
  private final Set<String> alone = new HashSet<>();
  private int left;

  private static final class Entry {
    private final Step step;
    private final int position;
    private final List<Entry> waiting = new ArrayList<>();
    private int waitsFor;
    private long way;

    Entry(Step step, int position) {
      this.step = step;
      this.position = position;
    }
  }

  private final Map<String, Entry> entries = new HashMap<>();

  /**
   * An agenda of steps.
   *
   * @throws IllegalArgumentException if two have one name, or one waits for a step that does not
   *     come before it
   */
  Agenda(List<Step> steps, Cancellation cancellation) {
    this.cancellation = cancellation;
    this.left = steps.size();
    List<Entry> all = new ArrayList<>();
    for (Step step : steps) {
      Entry entry = new Entry(step, all.size());
      for (String name : new HashSet<>(step.after())) {
        Entry before = entries.get(name);
        if (before == null) {
          throw new IllegalArgumentException(step.name() + " comes before its " + name);
        }
        before.waiting.add(entry);
        entry.waitsFor++;
      }
      if (entries.put(step.name(), entry) != null) {
        throw new IllegalArgumentException("two steps are called " + step.name());
      }
      all.add(entry);
    }
    for (int i = all.size() - 1; i >= 0; i--) {
      Entry entry = all.get(i);
      entry.way = entry.step.effort();
      for (Entry next : entry.waiting) {
        entry.way = Math.max(entry.way, entry.step.effort() + next.way);
      }
    }
    all.stream().filter(entry -> entry.waitsFor == 0).forEach(ready::add);
  }

  /**
   * The next step, which is running from here on until {@link #done}; waits while none may run.
   *
   * @return empty once all are done
   * @throws dev.godwit.spi.error.CancelledException once the run was cancelled
   */
  Optional<Step> take() {
    Cancellation.Registration waking = cancellation.onCancel(this::wake);
    try {
      return await();
    } finally {
      waking.close();
    }
  }

  private synchronized Optional<Step> await() {
    boolean interrupted = false;
    try {
      while (left > 0) {
        cancellation.check();
        Optional<Step> found = pick();
        if (found.isPresent()) {
          return found;
        }
        try {
          wait();
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
      return Optional.empty();
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private Optional<Step> pick() {
    List<Entry> keptOut = new ArrayList<>();
    Entry found = null;
    while (found == null && !ready.isEmpty()) {
      Entry entry = ready.poll();
      if (mayRun(entry.step)) {
        found = entry;
      } else {
        keptOut.add(entry);
      }
    }
    ready.addAll(keptOut);
    if (found == null) {
      return Optional.empty();
    }
    found.step.shared().forEach(name -> sharing.merge(name, 1, Integer::sum));
    alone.addAll(found.step.alone());
    return Optional.of(found.step);
  }

  private boolean mayRun(Step step) {
    return step.shared().stream().noneMatch(alone::contains)
        && step.alone().stream().noneMatch(n -> alone.contains(n) || sharing.containsKey(n));
  }

  /** A step that was taken is done. */
  synchronized void done(Step step) {
    step.shared().forEach(name -> sharing.computeIfPresent(name, (n, c) -> c == 1 ? null : c - 1));
    alone.removeAll(step.alone());
    left--;
    for (Entry next : entries.get(step.name()).waiting) {
      if (--next.waitsFor == 0) {
        ready.add(next);
      }
    }
    notifyAll();
  }

  private synchronized void wake() {
    notifyAll();
  }
}
