package dev.godwit.extractor.redis.read;

import dev.godwit.extractor.redis.value.Value;

/**
 * A key and its value, which must be gone through before the next key is asked for.
 *
 * @param database where it lies
 * @param key its name; not copied
 * @param expires milliseconds since 1970, or -1 for never
 * @param value its value
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record KeyValue(int database, byte[] key, long expires, Value value) {
  /** For never. */
  static final long NEVER = -1;

  /** Where keys come from. */
  interface Source extends AutoCloseable {
    /** The next key; null at the end. */
    KeyValue next();

    @Override
    void close();
  }
}
