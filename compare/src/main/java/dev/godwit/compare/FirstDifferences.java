package dev.godwit.compare;

import dev.godwit.transfer.hash.RowValues;
import java.nio.ByteBuffer;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.PriorityQueue;
import java.util.function.Consumer;

/** Keeps the few differences of a dataset that come first in the order of their keys. */
final class FirstDifferences implements FoundRows.DifferenceSink {
  /** The kind of all that is compared by its text; comes after the numbers and dates of java. */
  private static final String TEXT = "text";

  private final int most;
  private final PriorityQueue<Kept> kept =
      new PriorityQueue<>(Comparator.comparing(Kept::key, FirstDifferences::order).reversed());

  private record Kept(List<Object> key, Difference difference) {}

  FirstDifferences(int most) {
    this.most = most;
  }

  @Override
  public void take(FoundRows.Found found) {
    if (most == 0) {
      return;
    }
    List<Object> key = found.order();
    if (kept.size() == most && order(key, kept.element().key()) >= 0) {
      return;
    }
    if (kept.size() == most) {
      kept.remove();
    }
    kept.add(new Kept(key.stream().map(Shortened::of).toList(), found.difference().shortened()));
  }

  /** Tells them in order. */
  void tell(Consumer<Difference> listener) {
    kept.stream()
        .sorted(Comparator.comparing(Kept::key, FirstDifferences::order))
        .forEach(k -> listener.accept(k.difference()));
  }

  private static int order(List<Object> a, List<Object> b) {
    for (int i = 0; i < Math.min(a.size(), b.size()); i++) {
      int order = order(a.get(i), b.get(i));
      if (order != 0) {
        return order;
      }
    }
    return Integer.compare(a.size(), b.size());
  }

  @SuppressWarnings("unchecked") // two values of one class that compares with itself
  private static int order(Object a, Object b) {
    if (a == null || b == null) {
      return Boolean.compare(a != null, b != null);
    }
    int kinds = kind(a).compareTo(kind(b));
    if (kinds != 0) {
      return kinds;
    }
    return kind(a).equals(TEXT)
        ? text(a).compareTo(text(b))
        : ((Comparable<Object>) a).compareTo(b);
  }

  /** Values of one kind are compared with each other alone: it would be no order otherwise. */
  private static String kind(Object value) {
    boolean ordered = value instanceof Comparable<?> && !(value instanceof ByteBuffer);
    return ordered && !(value instanceof String) ? value.getClass().getName() : TEXT;
  }

  private static String text(Object value) {
    if (value instanceof ByteBuffer bytes) {
      return HexFormat.of().formatHex(RowValues.copy(bytes));
    }
    return value instanceof Shortened cut ? cut.start() : value.toString();
  }
}
