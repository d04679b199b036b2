package dev.godwit.extractor.mongodb.bson;

import com.dynatrace.hash4j.hashing.Hasher64;
import com.dynatrace.hash4j.hashing.Hashing;

/**
 * The hash of a document's {@code _id}: of its type and its bytes, by XXH3. Where blocks are cut
 * hangs on it, so it must stay as it is.
 */
public final class IdHash {
  private static final Hasher64 XXH3 = Hashing.xxh3_64();

  private IdHash() {}

  /**
   * The hash of the {@code _id} of a document; of how the document begins where it has none, as the
   * documents of a time series may.
   *
   * @throws IllegalArgumentException if the bytes are no document
   */
  public static long of(byte[] bytes, int offset, int length) {
    Elements elements = new Elements(bytes, offset, length);
    while (elements.next()) {
      if (elements.isId()) {
        return XXH3.hashBytesToLong(bytes, elements.value(), elements.valueLength())
            + elements.type();
      }
    }
    return XXH3.hashBytesToLong(bytes, offset, Math.min(length, 256));
  }
}
