package dev.godwit.vault.block;

import org.apache.arrow.memory.ArrowBuf;

/**
 * The ranges that an offset buffer gives to rows. A null may have a range of stale bytes, where a
 * buffer was used before; it counts as empty.
 */
final class Ranges {
  private final ArrowBuf offsets;
  private final Validity valid;
  private final boolean dense;
  private final long total;

  /** The ranges of the rows. */
  Ranges(ArrowBuf offsets, Validity valid) {
    this.offsets = offsets;
    this.valid = valid;
    int rows = valid.rows();
    if (rows == valid.nulls()) {
      this.dense = false;
      this.total = 0;
      return;
    }
    long[] stale = {0};
    valid.eachNull(row -> stale[0] += to(row) - from(row));
    this.dense = stale[0] == 0;
    this.total = to(rows - 1) - from(0) - stale[0];
  }

  int rows() {
    return valid.rows();
  }

  /** Whether the ranges of the rows lie one after the other with nothing stale between them. */
  boolean dense() {
    return dense;
  }

  /** Where the first range begins; only of dense ranges. */
  int first() {
    return from(0);
  }

  /** The length of all ranges. */
  long total() {
    return total;
  }

  int from(int row) {
    return offsets.getInt(4L * row);
  }

  private int to(int row) {
    return offsets.getInt(4L * (row + 1));
  }

  /** The length of a row's range; nought for a null. */
  int length(int row) {
    return valid.holds(row) ? to(row) - from(row) : 0;
  }
}
