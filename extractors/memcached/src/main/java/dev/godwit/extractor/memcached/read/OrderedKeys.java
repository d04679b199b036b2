package dev.godwit.extractor.memcached.read;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.PriorityQueue;

/**
 * Puts any number of keys in their order, in bounded memory: what is more than a few megabytes lies
 * in runs on disk, of which some are merged into a longer one as they become many. A key that came
 * twice is given once. Used by one thread.
 */
final class OrderedKeys implements AutoCloseable {
  /** Bytes of keys that are held in memory. */
  static final int HELD = 8 << 20;

  /** As many runs of one length become one. */
  private static final int MERGED = 32;

  private final int most;
  private final List<List<KeyRun>> levels = new ArrayList<>();
  private List<ListedKey> held = new ArrayList<>();
  private int bytes;
  private long repeated;

  OrderedKeys() {
    this(HELD);
  }

  /** As much is held in memory. */
  OrderedKeys(int most) {
    this.most = most;
  }

  /** Takes a key; true, since another is always taken. */
  boolean add(ListedKey key) {
    held.add(key);
    bytes += key.footprint();
    if (bytes >= most) {
      Collections.sort(held);
      put(KeyRun.of(held.iterator()), 0);
      held = new ArrayList<>();
      bytes = 0;
    }
    return true;
  }

  private void put(KeyRun run, int level) {
    if (level == levels.size()) {
      levels.add(new ArrayList<>());
    }
    List<KeyRun> runs = levels.get(level);
    runs.add(run);
    if (runs.size() == MERGED) {
      KeyRun longer = KeyRun.of(new Merged(List.copyOf(runs)));
      runs.forEach(KeyRun::close);
      runs.clear();
      put(longer, level + 1);
    }
  }

  /** All keys, in their order, each once; to be called once, after the last was added. */
  Iterator<ListedKey> inOrder() {
    Collections.sort(held);
    List<Iterator<ListedKey>> all = new ArrayList<>();
    levels.forEach(all::addAll);
    all.add(held.iterator());
    Iterator<ListedKey> merged = new Merged(all);
    return new Iterator<>() {
      private ListedKey ahead = merged.hasNext() ? merged.next() : null;

      @Override
      public boolean hasNext() {
        return ahead != null;
      }

      @Override
      public ListedKey next() {
        ListedKey key = ahead;
        if (key == null) {
          throw new java.util.NoSuchElementException();
        }
        ahead = merged.hasNext() ? merged.next() : null;
        while (ahead != null && ahead.equals(key)) {
          repeated++;
          ahead = merged.hasNext() ? merged.next() : null;
        }
        return key;
      }
    };
  }

  /** How many keys came again, of those given out so far. */
  long repeated() {
    return repeated;
  }

  @Override
  public void close() {
    levels.forEach(runs -> runs.forEach(KeyRun::close));
    held = List.of();
  }

  /** Several ordered iterators as one. */
  private static final class Merged implements Iterator<ListedKey> {
    private record Head(ListedKey key, Iterator<ListedKey> rest) {}

    private final PriorityQueue<Head> heads =
        new PriorityQueue<>((one, other) -> one.key().compareTo(other.key()));

    Merged(List<? extends Iterator<ListedKey>> parts) {
      parts.forEach(this::push);
    }

    private void push(Iterator<ListedKey> rest) {
      if (rest.hasNext()) {
        heads.add(new Head(rest.next(), rest));
      }
    }

    @Override
    public boolean hasNext() {
      return !heads.isEmpty();
    }

    @Override
    public ListedKey next() {
      Head least = heads.remove();
      push(least.rest());
      return least.key();
    }
  }
}
