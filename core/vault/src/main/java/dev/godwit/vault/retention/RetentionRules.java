package dev.godwit.vault.retention;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What is to be kept of each source. A snapshot stays if any rule keeps it.
 *
 * @param last how many of the newest; 0 for none
 * @param each of how many spans of the calendar that have any, the newest ones, to keep the newest
 *     snapshot
 * @param within all that are not older
 * @param tags all that carry one of these
 */
public record RetentionRules(
    int last, Map<Period, Integer> each, Optional<Within> within, Set<String> tags) {
  /** Copies, and checks that no count is below nought. */
  public RetentionRules {
    EnumMap<Period, Integer> counts = new EnumMap<>(Period.class);
    counts.putAll(each);
    each = Map.copyOf(counts);
    tags = Set.copyOf(tags);
    if (last < 0 || each.values().stream().anyMatch(count -> count < 0)) {
      throw new IllegalArgumentException("how many are kept is never below nought");
    }
  }

  /** Whether nothing says what to keep. */
  public boolean isEmpty() {
    return last == 0
        && each.values().stream().allMatch(count -> count == 0)
        && within.isEmpty()
        && tags.isEmpty();
  }
}
