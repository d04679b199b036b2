package dev.godwit.transfer.hash;

import com.dynatrace.hash4j.hashing.HashValue128;
import com.dynatrace.hash4j.hashing.Hasher128;
import com.dynatrace.hash4j.hashing.Hashing;
import dev.godwit.spi.record.RecordBatch;
import java.util.stream.IntStream;

/** Sums the hashes of rows, batch by batch. Used by one thread. */
public final class RowHasher {
  private static final Hasher128 XXH3 = Hashing.xxh3_128();

  private RowBlock block = new RowBlock(new int[0], 0);
  private int columns;
  private long rows;
  private long high;
  private long low;

  /** Adds every row of a batch. Large values are known by their references. */
  public void add(RecordBatch batch) {
    int width = batch.rows().getFieldVectors().size();
    if (width != columns) {
      columns = width;
      block = new RowBlock(IntStream.range(0, width).toArray(), 0);
    }
    block.begin(batch);
    while (block.next()) {
      byte[] bytes = block.bytes();
      for (int row = 0; row < block.count(); row++) {
        int start = block.start(row);
        add(XXH3.hashBytesTo128Bits(bytes, start, block.end(row) - start));
      }
    }
    rows += batch.rowCount();
  }

  private void add(HashValue128 row) {
    long sum = low + row.getLeastSignificantBits();
    high += row.getMostSignificantBits() + (Long.compareUnsigned(sum, low) < 0 ? 1 : 0);
    low = sum;
  }

  /** Of all rows so far. */
  public Fingerprint fingerprint() {
    return new Fingerprint(rows, high, low);
  }
}
