package dev.godwit.compare;

import java.util.BitSet;

/**
 * The rows of one side of a dataset, by the upper bits of their key's hash: of each bucket the
 * number of rows, and the sum of their hashes modulo 2^128.
 */
final class Buckets {
  private static final int LEAST_BITS = 6;
  private static final int MOST_BITS = 16;
  private static final int ROWS_A_BUCKET = 16;
  private static final int WIDTH = 3;

  private final int shift;
  private final long[] cells; // of each bucket: rows, upper and lower half of the sum

  /** Empty buckets, two to the power of {@code bits}. */
  Buckets(int bits) {
    shift = Long.SIZE - bits;
    cells = new long[WIDTH << bits];
  }

  /**
   * How many buckets fit so many rows, as a power of two.
   *
   * @param rows about how many there are, or -1 where nobody knows
   */
  static int bitsFor(long rows) {
    if (rows < 0) {
      return MOST_BITS;
    }
    int bits = Long.SIZE - Long.numberOfLeadingZeros(rows / ROWS_A_BUCKET);
    return Math.max(LEAST_BITS, Math.min(MOST_BITS, bits));
  }

  /** The memory that such buckets take, in bytes. */
  static long bytes(int bits) {
    return ((long) WIDTH * Long.BYTES) << bits;
  }

  void add(long keyHash, long high, long low) {
    int at = (int) (keyHash >>> shift) * WIDTH;
    cells[at]++;
    plus(at, high, low);
  }

  private void plus(int at, long high, long low) {
    long sum = cells[at + 2] + low;
    cells[at + 1] += high + (Long.compareUnsigned(sum, low) < 0 ? 1 : 0);
    cells[at + 2] = sum;
  }

  /** Adds what another worker met. */
  synchronized void merge(Buckets part) {
    for (int at = 0; at < cells.length; at += WIDTH) {
      cells[at] += part.cells[at];
      plus(at, part.cells[at + 1], part.cells[at + 2]);
    }
  }

  /** How many rows there are in all. */
  synchronized long rows() {
    long rows = 0;
    for (int at = 0; at < cells.length; at += WIDTH) {
      rows += cells[at];
    }
    return rows;
  }

  /** Which buckets do not hold the same as those of the other side. */
  BitSet differing(Buckets other) {
    BitSet differing = new BitSet();
    for (int at = 0; at < cells.length; at++) {
      if (cells[at] != other.cells[at]) {
        differing.set(at / WIDTH);
      }
    }
    return differing;
  }

  /** How many buckets there are. */
  int count() {
    return cells.length / WIDTH;
  }

  /** The bucket of a key. */
  int of(long keyHash) {
    return (int) (keyHash >>> shift);
  }
}
