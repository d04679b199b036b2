package dev.godwit.mapping.run;

import dev.godwit.mapping.Losses;
import dev.godwit.mapping.OnLossy;
import dev.godwit.spi.error.ExitCode;
import dev.godwit.spi.error.GodwitException;
import dev.godwit.spi.name.DatasetName;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Counts the values that a target cannot hold, and names the first. Safe for many threads. */
public final class LossCount implements Losses {
  /** How many values are named. */
  private static final int NAMED = 100;

  private final OnLossy policy;
  private final SortedMap<String, Long> counts = new TreeMap<>();
  private final List<Loss> first = new ArrayList<>();

  /**
   * A value that was not moved as it is.
   *
   * @param dataset its name in the source
   * @param field its name in the source
   * @param key of its record, for people; may be empty
   * @param why what the target cannot hold, and what became of it
   */
  public record Loss(DatasetName dataset, String field, String key, String why) {
    /** One line. */
    @Override
    public String toString() {
      return dataset + "." + field + (key.isEmpty() ? "" : " of " + key) + ": " + why;
    }
  }

  /**
   * What was not moved as it is.
   *
   * @param counts values by dataset and field
   * @param first some of them
   */
  public record Report(SortedMap<String, Long> counts, List<Loss> first) {
    /** Copies both. */
    public Report {
      counts = Collections.unmodifiableSortedMap(new TreeMap<>(counts));
      first = List.copyOf(first);
    }

    /** All values. */
    public long total() {
      return counts.values().stream().mapToLong(Long::longValue).sum();
    }
  }

  /** Nothing is counted yet. */
  public LossCount(OnLossy policy) {
    this.policy = policy;
  }

  @Override
  public OnLossy policy() {
    return policy;
  }

  @Override
  public void lost(DatasetName dataset, String field, String key, String why) {
    Loss loss = new Loss(dataset, field, key, why);
    if (policy == OnLossy.FAIL) {
      throw new GodwitException(
          ExitCode.LOSSY,
          loss.toString(),
          "--on-lossy warn moves the nearest value that the target holds, --on-lossy text its text");
    }
    synchronized (this) {
      counts.merge(dataset + "." + field, 1L, Long::sum);
      if (first.size() < NAMED) {
        first.add(loss);
      }
    }
  }

  /** What was counted so far. */
  public synchronized Report report() {
    return new Report(counts, first);
  }

  /** Nothing lost. */
  public static Report nothing() {
    return new Report(new TreeMap<>(Map.of()), List.of());
  }
}
