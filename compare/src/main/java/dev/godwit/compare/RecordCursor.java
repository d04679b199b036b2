package dev.godwit.compare;

import dev.godwit.transfer.hash.RowCursor;

/**
 * Goes through the records of a partition: of each the hash of its key, the hash of all of it, and
 * its bytes. Used by one thread.
 *
 * <p>For each batch: {@link #meet} for the large values ahead of it, {@link #over}, then {@link
 * #next} until it says that there is no more, or {@link #all}. A record's key is known after {@code
 * next}; all of it after {@link #encode}, which may be left out.
 */
interface RecordCursor extends RecordHashes {
  /** Goes to the next record; false after the last. */
  boolean next();

  /** Hands over the hashes of all records, instead of going to each. */
  @Override
  default void all(RowCursor.Hashes to) {
    while (next()) {
      encode();
      to.add(keyHash(), high(), low());
    }
  }

  /** Hashes the record beyond its key. */
  void encode();

  /** The hash of the key; where there is none, the lower half of the record's. */
  long keyHash();

  /** The upper half of the record's hash; known once it is encoded. */
  long high();

  /** The lower half of the record's hash; known once it is encoded. */
  long low();

  /** The bytes in which the record lies; valid until the next record, not copied. */
  byte[] bytes();

  /** Where the record begins in its bytes. */
  int from();

  /** How many bytes the record has, once it is encoded. */
  int size();
}
