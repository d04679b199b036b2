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
    } else if (a.getClass() == b.getClass()
        && a instanceof Comparable<?>
        && !(a instanceof ByteBuffer)) {
      return ((Comparable<Object>) a).compareTo(b);
    }
    return text(a).compareTo(text(b));
  }

  private static String text(Object value) {
    if (value instanceof ByteBuffer bytes) {
      return HexFormat.of().formatHex(RowValues.copy(bytes));
    }
    return value instanceof Shortened cut ? cut.start() : value.toString();
  }
}
