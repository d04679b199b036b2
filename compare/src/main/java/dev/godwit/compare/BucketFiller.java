package dev.godwit.compare;

import dev.godwit.transfer.hash.RowCursor;

/**
 * Puts the rows of one partition into buckets.
 *
 * <p>Rows meet buckets in no order, so nearly each is one that the processor must fetch. They are
 * therefore added some hundred at a time, in a loop that does nothing else: it fetches many at
 * once, where a loop that reads and hashes between them would wait for each. Used by one thread.
 */
final class BucketFiller implements RowCursor.Hashes {
  private static final int MOST = 256;

  private final Buckets buckets;
  private final long[] keyHashes = new long[MOST];
  private final long[] highs = new long[MOST];
  private final long[] lows = new long[MOST];
  private int waiting;

  BucketFiller(Buckets buckets) {
    this.buckets = buckets;
  }

  @Override
  public void add(long keyHash, long high, long low) {
    keyHashes[waiting] = keyHash;
    highs[waiting] = high;
    lows[waiting] = low;
    if (++waiting == MOST) {
      fill();
    }
  }

  private void fill() {
    for (int i = 0; i < waiting; i++) {
      buckets.add(keyHashes[i], highs[i], lows[i]);
    }
    waiting = 0;
  }

  /** The buckets, with all rows that were added. */
  Buckets filled() {
    fill();
    return buckets;
  }
}
