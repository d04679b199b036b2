package dev.godwit.spi.dataset;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Which slice of a dataset a partition is: everything from one mark up to, not including, another,
 * along an axis. Marks are the plugin's own text (a heap page, a key, a token); all that others
 * need of them is that equal marks are equal text. So anyone can see whether partitions tile their
 * dataset, with no knowledge of the engine.
 *
 * @param axis what is counted, such as {@code page} or {@code _id}; {@code all} for the whole
 * @param from the first mark inside; empty for no lower bound
 * @param to the first mark outside; empty for no upper bound
 */
public record Span(String axis, Optional<String> from, Optional<String> to) {
  /** The whole dataset. */
  public static final Span ALL = new Span("all", Optional.empty(), Optional.empty());

  /** A span between two marks; null stands for no bound. */
  public static Span between(String axis, String from, String to) {
    return new Span(axis, Optional.ofNullable(from), Optional.ofNullable(to));
  }

  /**
   * Whether the spans, in this order, are disjoint and complete: the first has no lower bound, each
   * begins where the one before it ended, the last has no upper bound, all along one axis.
   */
  public static boolean tile(List<Span> spans) {
    if (spans.isEmpty()) {
      return false;
    }
    Optional<String> reached = Optional.empty();
    for (int i = 0; i < spans.size(); i++) {
      Span span = spans.get(i);
      boolean last = i == spans.size() - 1;
      if (!span.axis.equals(spans.get(0).axis)
          || !Objects.equals(span.from, reached)
          || span.to.isEmpty() != last) {
        return false;
      }
      reached = span.to;
    }
    return true;
  }
}
