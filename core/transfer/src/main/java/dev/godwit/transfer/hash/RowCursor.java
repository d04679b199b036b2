package dev.godwit.transfer.hash;

import com.dynatrace.hash4j.hashing.HashValue128;
import com.dynatrace.hash4j.hashing.Hasher128;
import com.dynatrace.hash4j.hashing.Hasher64;
import com.dynatrace.hash4j.hashing.Hashing;
import dev.godwit.spi.record.RecordBatch;
import java.util.function.LongConsumer;

/**
 * Goes through rows: of each the hash of its key, the hash of all its values, and its bytes. The
 * columns are taken in an order of the caller's choice, those of the key first, so that rows whose
 * columns stand in another order elsewhere have the same bytes there. Used by one thread.
 *
 * <p>For each batch: {@link #over}, then {@link #next} until it says that there is no more, or
 * {@link #all}. A row's key is known after {@code next}; all of it after {@link #encode}, which may
 * be left out.
 */
public final class RowCursor {
  private static final Hasher64 KEY = Hashing.xxh3_64();
  private static final Hasher128 ROW = Hashing.xxh3_128();

  private final int keys;
  private final RowBlock block;
  private int row;
  private boolean encoded;
  private long keyHash;
  private long high;
  private long low;

  /**
   * A cursor.
   *
   * @param columns places of the columns in the batches, in the order in which they are encoded
   * @param keys how many of them, from the first, are the key; 0 where the whole row is
   */
  public RowCursor(int[] columns, int keys) {
    this.keys = keys;
    this.block = new RowBlock(columns, keys);
  }

  /** Begins with a batch; its memory is looked at until its last row. */
  public void over(RecordBatch batch) {
    block.begin(batch);
    row = -1;
  }

  /** Goes to the next row; false after the last. */
  public boolean next() {
    if (++row >= block.count()) {
      if (!block.next()) {
        return false;
      }
      row = 0;
    }
    encoded = false;
    if (keys == 0) {
      encode();
      keyHash = low;
    } else {
      int start = block.start(row);
      keyHash = KEY.hashBytesToLong(block.bytes(), start, block.keyEnd(row) - start);
    }
    return true;
  }

  /** Takes the hashes of rows. */
  @FunctionalInterface
  public interface Hashes {
    /** Takes the hash of a row's key, and both halves of the row's own. */
    void add(long keyHash, long high, long low);
  }

  /** Hands over the hashes of all rows of the batch, instead of going to each. */
  public void all(Hashes to) {
    while (block.next()) {
      byte[] bytes = block.bytes();
      for (int i = 0; i < block.count(); i++) {
        int start = block.start(i);
        HashValue128 hash = ROW.hashBytesTo128Bits(bytes, start, block.end(i) - start);
        long ofRow = hash.getLeastSignificantBits();
        long ofKey = keys == 0 ? ofRow : KEY.hashBytesToLong(bytes, start, block.keyEnd(i) - start);
        to.add(ofKey, hash.getMostSignificantBits(), ofRow);
      }
    }
  }

  /** Hands over the hashes of all keys of the batch, in the order of their rows. */
  public void keys(LongConsumer to) {
    while (block.next()) {
      for (int i = 0; i < block.count(); i++) {
        int start = block.start(i);
        to.accept(KEY.hashBytesToLong(block.bytes(), start, block.keyEnd(i) - start));
      }
    }
  }

  /** Hashes the row beyond its key. */
  public void encode() {
    if (!encoded) {
      encoded = true;
      HashValue128 hash = ROW.hashBytesTo128Bits(block.bytes(), from(), size());
      high = hash.getMostSignificantBits();
      low = hash.getLeastSignificantBits();
    }
  }

  /** XXH3-64 of the key's bytes; where there is no key, the lower half of the row's hash. */
  public long keyHash() {
    return keyHash;
  }

  /** The upper half of the row's hash; known once it is encoded. */
  public long high() {
    return high;
  }

  /** The lower half of the row's hash; known once it is encoded. */
  public long low() {
    return low;
  }

  /** The bytes in which the row lies; valid until the next row, not copied. */
  public byte[] bytes() {
    return block.bytes();
  }

  /** Where the row begins in its bytes. */
  public int from() {
    return block.start(row);
  }

  /** How many bytes the row has. */
  public int size() {
    return block.end(row) - block.start(row);
  }
}
