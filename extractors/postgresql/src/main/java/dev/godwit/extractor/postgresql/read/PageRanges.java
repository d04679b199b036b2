package dev.godwit.extractor.postgresql.read;

import dev.godwit.spi.dataset.Partition;
import dev.godwit.spi.dataset.Span;
import dev.godwit.spi.name.DatasetName;
import java.util.Iterator;
import java.util.NoSuchElementException;

/**
 * Divides the heap of a table by its pages. Partitions begin at fixed pages, and reading starts
 * anew at each fixed group of pages within them, so that a block holds the same rows in every run
 * as long as its own pages do not change, however many workers there are and however the table
 * grows. The last partition, and its last group, have no upper bound.
 */
final class PageRanges {
  /**
   * Pages of a group: 2 MiB of heap (at 8 KiB a page), read by one statement. Twice as many take as
   * much time and 0.2 % less space, and a change among them stores twice as much anew.
   */
  static final long GROUP = 256;

  /** Pages of a partition: 32 groups. */
  static final long PARTITION = 32 * GROUP;

  static final String AXIS = "page";

  private PageRanges() {}

  /** The partitions of a table that had so many pages when the run began. */
  static Iterator<Partition> of(DatasetName name, long pages) {
    long count = Math.max(1, (pages + PARTITION - 1) / PARTITION);
    return new Iterator<>() {
      private int at;

      @Override
      public boolean hasNext() {
        return at < count;
      }

      @Override
      public Partition next() {
        if (!hasNext()) {
          throw new NoSuchElementException();
        }
        String from = at == 0 ? null : Long.toString(at * PARTITION);
        String to = at == count - 1 ? null : Long.toString((at + 1) * PARTITION);
        return new Partition(name, at++, Span.between(AXIS, from, to));
      }
    };
  }

  /**
   * The conditions of the groups of a partition, in order.
   *
   * @param pages how many pages the table had when the run began
   */
  static Iterator<String> groups(Span span, long pages) {
    long first = span.from().map(Long::parseLong).orElse(0L);
    long end = span.to().map(Long::parseLong).orElse(Long.MAX_VALUE);
    return new Iterator<>() {
      private long at = first;
      private boolean done;

      @Override
      public boolean hasNext() {
        return !done;
      }

      @Override
      public String next() {
        if (done) {
          throw new NoSuchElementException();
        }
        long next = at + GROUP;
        boolean unbounded = end == Long.MAX_VALUE && next >= pages;
        String condition =
            "ctid >= '(" + at + ",0)'" + (unbounded ? "" : " and ctid < '(" + next + ",0)'");
        at = next;
        done = unbounded || next >= end;
        return condition;
      }
    };
  }
}
