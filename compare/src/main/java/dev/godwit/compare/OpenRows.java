package dev.godwit.compare;

import dev.godwit.spi.aside.Spool;

/**
 * Rows that one side has and the other has not shown yet: a table by hash, whose rows' bytes lie in
 * a spool. Bounded: where it would hold too many, it narrows itself to the lower half of the key
 * hashes and forgets the others; where all are of one key, which then is none, to the lower half of
 * the rows' hashes. Safe for use by many threads while it is filled.
 */
final class OpenRows implements AutoCloseable {
  /** Bytes that a place in the table takes. */
  static final int PLACE = 5 * Long.BYTES + Integer.BYTES;

  /** Where a row lies in the order in which they are gone through: unsigned, by key, by low. */
  record Mark(long key, long low) {
    private static final long MOST = -1L;

    /** Before all rows. */
    static final Mark FIRST = new Mark(0, 0);

    /** After all rows but those of its own hashes. */
    static final Mark LAST = new Mark(MOST, MOST);

    /** The mark that follows this one. */
    Mark next() {
      return low == MOST ? new Mark(key + 1, 0) : new Mark(key, low + 1);
    }

    boolean beyond(long otherKey, long otherLow) {
      int order = Long.compareUnsigned(key, otherKey);
      return order > 0 || (order == 0 && Long.compareUnsigned(low, otherLow) > 0);
    }

    /** The middle between this and a later mark. */
    Mark middle(Mark last) {
      return key == last.key
          ? new Mark(key, low + ((last.low - low) >>> 1))
          : new Mark(key + ((last.key - key) >>> 1), MOST);
    }
  }

  private final Mark first;
  private final int most;
  private final long mostSpooled;
  private final int mask;
  private final long[] keys;
  private final long[] highs;
  private final long[] lows;
  private final long[] counts; // above 0 for rows that A has more of, below for B, 0 where empty
  private final long[] offsets;
  private final int[] sizes;
  private volatile Mark last = Mark.LAST;
  private int held;
  private long live;
  private Spool spool = new Spool();

  /**
   * A table for the rows from a mark on.
   *
   * @param places a power of two
   * @param mostSpooled bytes that the spool may take
   */
  OpenRows(Mark first, int places, long mostSpooled) {
    this.first = first;
    this.mostSpooled = mostSpooled;
    most = places / 4 * 3;
    mask = places - 1;
    keys = new long[places];
    highs = new long[places];
    lows = new long[places];
    counts = new long[places];
    offsets = new long[places];
    sizes = new int[places];
  }

  /** Whether rows of this key may be looked at; never again once they are not. */
  boolean takes(long key) {
    return Long.compareUnsigned(key, first.key()) >= 0
        && Long.compareUnsigned(key, last.key()) <= 0;
  }

  private boolean takes(long key, long low) {
    return !first.beyond(key, low) && !new Mark(key, low).beyond(last.key(), last.low());
  }

  /** The last mark that is looked at. */
  Mark last() {
    return last;
  }

  /**
   * Meets a row.
   *
   * @param count 1 for a row of A, -1 for one of B
   */
  synchronized void meet(
      int count, long key, long high, long low, byte[] bytes, int from, int size) {
    if (!takes(key, low)) {
      return;
    }
    int at = (int) key & mask;
    while (counts[at] != 0) {
      if (keys[at] == key && highs[at] == high && lows[at] == low) {
        counts[at] += count;
        if (counts[at] == 0) {
          remove(at);
        }
        return;
      }
      at = (at + 1) & mask;
    }
    keys[at] = key;
    highs[at] = high;
    lows[at] = low;
    counts[at] = count;
    offsets[at] = spool.length();
    sizes[at] = size;
    spool.write(bytes, from, size);
    held++;
    live += size;
    if (held > most || spool.length() > mostSpooled) {
      shrink();
    }
  }

  /** Takes a row out and closes the gap, so that those behind it are still found. */
  private void remove(int at) {
    held--;
    live -= sizes[at];
    int gap = at;
    counts[gap] = 0;
    for (int next = (gap + 1) & mask; counts[next] != 0; next = (next + 1) & mask) {
      int home = (int) keys[next] & mask;
      boolean stays = gap <= next ? gap < home && home <= next : gap < home || home <= next;
      if (!stays) {
        keys[gap] = keys[next];
        highs[gap] = highs[next];
        lows[gap] = lows[next];
        counts[gap] = counts[next];
        offsets[gap] = offsets[next];
        sizes[gap] = sizes[next];
        counts[next] = 0;
        gap = next;
      }
    }
  }

  private void shrink() {
    boolean crowded = held > most;
    while ((crowded && held > most / 2) || (held > 1 && live > mostSpooled / 2)) {
      narrow();
    }
    if (spool.length() > mostSpooled / 2) {
      compact();
    }
  }

  private void narrow() {
    last = first.middle(last);
    for (int at = 0; at < counts.length; at++) {
      while (counts[at] != 0 && !takes(keys[at], lows[at])) {
        remove(at); // another may have moved here
      }
    }
  }

  private void compact() {
    Spool dense = new Spool();
    for (int at = 0; at < counts.length; at++) {
      if (counts[at] != 0) {
        byte[] bytes = spool.bytes(offsets[at], sizes[at]);
        offsets[at] = dense.length();
        dense.write(bytes, 0, bytes.length);
      }
    }
    spool.close();
    spool = dense;
  }

  /** The places of the table; many are empty. */
  int places() {
    return counts.length;
  }

  /** How many more of the row at a place A has than B, negative where B has more; 0 for no row. */
  long count(int place) {
    return counts[place];
  }

  /** The bytes of the row at a place. */
  byte[] bytes(int place) {
    return spool.bytes(offsets[place], sizes[place]);
  }

  /**
   * The next place with a row of the same key after this one.
   *
   * @return -1 where there is none
   */
  int nextOfKey(int place) {
    for (int at = (place + 1) & mask; counts[at] != 0; at = (at + 1) & mask) {
      if (keys[at] == keys[place]) {
        return at;
      }
    }
    return -1;
  }

  /** Whether no row of the same key comes before this one. */
  boolean firstOfKey(int place) {
    for (int at = (int) keys[place] & mask; at != place; at = (at + 1) & mask) {
      if (keys[at] == keys[place]) {
        return false;
      }
    }
    return true;
  }

  @Override
  public void close() {
    spool.close();
  }
}
