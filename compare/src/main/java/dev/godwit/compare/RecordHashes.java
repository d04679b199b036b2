package dev.godwit.compare;

import dev.godwit.spi.record.LargeValue;
import dev.godwit.spi.record.RecordBatch;
import dev.godwit.transfer.hash.RowCursor;

/**
 * Hashes the records of a partition. Used by one thread.
 *
 * <p>For each batch: {@link #meet} for the large values ahead of it, {@link #over}, then {@link
 * #all}.
 */
interface RecordHashes extends AutoCloseable {
  /** Reads a large value to its end; how many bytes it has. */
  long meet(LargeValue value);

  /**
   * Begins with a batch; its memory is looked at until its last record.
   *
   * @throws dev.godwit.spi.error.GodwitException {@code FAILED} where a large value is another than
   *     the batch refers to
   */
  void over(RecordBatch batch);

  /** Hands over the hashes of all records of the batch. */
  void all(RowCursor.Hashes to);

  /** How many bytes the records of the batch have, once all were handed over. */
  default long bytes(RecordBatch batch) {
    return batch.bytes();
  }

  @Override
  void close();
}
