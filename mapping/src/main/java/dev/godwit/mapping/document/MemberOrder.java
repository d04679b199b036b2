package dev.godwit.mapping.document;

import java.util.Arrays;

/** The order in which {@code jsonb} has the members of an object. Used again and again. */
final class MemberOrder {
  /** So many are put in order one by one. */
  private static final int FEW = 40;

  private int[] order = new int[16];
  private int count;

  /** How many members there are. */
  int count() {
    return count;
  }

  /** The place of one among the elements; of one name in the order of the document. */
  int place(int n) {
    return order[n];
  }

  /** Orders all elements. */
  void of(Elements elements) {
    begin(elements);
    for (int i = 0; i < elements.count(); i++) {
      order[count++] = i;
    }
    sort(elements);
  }

  /** Orders the elements that are not left out. */
  void of(Elements elements, boolean[] without) {
    begin(elements);
    for (int i = 0; i < elements.count(); i++) {
      if (!without[i]) {
        order[count++] = i;
      }
    }
    sort(elements);
  }

  private void begin(Elements elements) {
    count = 0;
    if (order.length < elements.count()) {
      order = new int[elements.count() * 2];
    }
  }

  private void sort(Elements elements) {
    if (count > FEW) {
      Integer[] sorted = Arrays.stream(order, 0, count).boxed().toArray(Integer[]::new);
      Arrays.sort(sorted, elements::compareNames); // keeps the order of equal ones
      for (int n = 0; n < count; n++) {
        order[n] = sorted[n];
      }
      return;
    }
    for (int n = 1; n < count; n++) {
      int moved = order[n];
      int to = n;
      while (to > 0 && elements.compareNames(order[to - 1], moved) > 0) {
        order[to] = order[to - 1];
        to--;
      }
      order[to] = moved;
    }
  }
}
