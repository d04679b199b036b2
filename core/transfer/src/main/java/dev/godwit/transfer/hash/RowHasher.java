package dev.godwit.transfer.hash;

import dev.godwit.spi.record.RecordBatch;
import java.util.stream.IntStream;

/** Sums the hashes of rows, batch by batch. Used by one thread. */
public final class RowHasher {
  private RowCursor cursor = new RowCursor(new int[0], 0);
  private int columns;
  private long rows;
  private long high;
  private long low;

  /** Adds every row of a batch. Large values are known by their references. */
  public void add(RecordBatch batch) {
    int width = batch.rows().getFieldVectors().size();
    if (width != columns) {
      columns = width;
      cursor = new RowCursor(IntStream.range(0, width).toArray(), 0);
    }
    cursor.over(batch);
    cursor.all((keyHash, rowHigh, rowLow) -> add(rowHigh, rowLow));
    rows += batch.rowCount();
  }

  private void add(long rowHigh, long rowLow) {
    long sum = low + rowLow;
    high += rowHigh + (Long.compareUnsigned(sum, low) < 0 ? 1 : 0);
    low = sum;
  }

  /** Of all rows so far. */
  public Fingerprint fingerprint() {
    return new Fingerprint(rows, high, low);
  }
}
