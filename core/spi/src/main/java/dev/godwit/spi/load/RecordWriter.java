package dev.godwit.spi.load;

import dev.godwit.spi.record.RecordItem;

/**
 * Writes one partition: {@code write*}, then exactly one of {@link #commit} and {@link #abort}.
 * Used by one thread at a time.
 */
public interface RecordWriter extends AutoCloseable {
  /**
   * Writes an item. It is not kept beyond the call: a large value is read to its end, or set aside
   * on disk until the batch comes that refers to it.
   */
  void write(RecordItem item);

  /** Makes the partition last, together with its mark in the ledger. */
  Commit commit();

  /** Takes back what was written. Does nothing after {@link #commit}. */
  void abort();

  /** Aborts if nothing was committed, and frees what the writer holds. */
  @Override
  void close();

  /**
   * What a partition came to.
   *
   * @param rows written
   * @param bytes uncompressed, as batches and large values
   * @param stored bytes that the target grew by, where it knows; else -1
   * @param rejects rows that the target refused, where rejecting is allowed
   */
  record Commit(long rows, long bytes, long stored, long rejects) {}
}
