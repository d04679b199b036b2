package dev.godwit.compare;

import dev.godwit.spi.record.LargeValue;
import dev.godwit.spi.record.RecordBatch;

/**
 * Goes through the records of a partition: of each the hash of its key, the hash of all of it, and
 * its bytes. Used by one thread.
 *
 * <p>For each batch: {@link #meet} for the large values ahead of it, {@link #over}, then {@link
 * #next} until it says that there is no more. A record's key is known after {@code next}; all of it
 * after {@link #encode}, which may be left out.
 */
interface RecordCursor extends AutoCloseable {
  /** Reads a large value to its end; how many bytes it has. */
  long meet(LargeValue value);

  /**
   * Begins with a batch; its memory is looked at until its last record.
   *
   * @throws dev.godwit.spi.error.GodwitException {@code FAILED} where a large value is another than
   *     the batch refers to
   */
  void over(RecordBatch batch);

  /** Goes to the next record; false after the last. */
  boolean next();

  /** Hashes the record beyond its key. */
  void encode();

  /** The hash of the key; where there is none, the lower half of the record's. */
  long keyHash();

  /** The upper half of the record's hash; known once it is encoded. */
  long high();

  /** The lower half of the record's hash; known once it is encoded. */
  long low();

  /** The record's bytes, from 0 to {@link #size}; valid until the next record, not copied. */
  byte[] bytes();

  /** How many bytes the record has, once it is encoded. */
  int size();

  @Override
  void close();
}
