package dev.godwit.testkit.memory;

import dev.godwit.spi.dataset.Partition;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** What of a plan a load has done; it lies in the store until the load is complete. */
public final class MemoryLedger {
  private final String plan;
  private final Set<Partition> partitions = ConcurrentHashMap.newKeySet();
  private final Set<String> steps = ConcurrentHashMap.newKeySet();

  MemoryLedger(String plan) {
    this.plan = plan;
  }

  /** The plan's id. */
  public String plan() {
    return plan;
  }

  /** The partitions that are loaded. */
  public Set<Partition> partitions() {
    return Set.copyOf(partitions);
  }

  boolean holds(Partition partition) {
    return partitions.contains(partition);
  }

  void mark(Partition partition) {
    if (!partitions.add(partition)) {
      throw new IllegalStateException(partition + " was loaded twice");
    }
  }

  /** Whether the step is still to be done; it counts as done from here on. */
  boolean begin(String step) {
    return steps.add(step);
  }
}
