package dev.godwit.transfer.hash;

import com.dynatrace.hash4j.hashing.HashValue128;
import com.dynatrace.hash4j.hashing.Hasher128;
import com.dynatrace.hash4j.hashing.Hashing;
import dev.godwit.spi.record.RecordBatch;

/** Sums the hashes of rows, batch by batch. Used by one thread. */
public final class RowHasher {
  private static final Hasher128 XXH3 = Hashing.xxh3_128();

  private final RowBytes bytes = new RowBytes();
  private final RowEncoder encoder = new RowEncoder();
  private long rows;
  private long high;
  private long low;

  /** Adds every row of a batch. Large values are known by their references. */
  public void add(RecordBatch batch) {
    encoder.begin(batch);
    int columns = encoder.columns();
    int count = batch.rowCount();
    for (int row = 0; row < count; row++) {
      bytes.reset();
      encoder.at(row);
      for (int column = 0; column < columns; column++) {
        encoder.put(row, column, bytes);
      }
      add(XXH3.hashBytesTo128Bits(bytes.array(), 0, bytes.size()));
    }
    encoder.end();
    rows += count;
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
