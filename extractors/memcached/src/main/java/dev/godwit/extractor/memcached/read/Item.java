package dev.godwit.extractor.memcached.read;

/**
 * An item but for its value.
 *
 * @param key not copied
 * @param length of its value, in bytes
 * @param flags the client's 32 bits
 * @param cas its number, unsigned; 0 where the server keeps none
 * @param expires seconds since 1970, or {@link ListedKey#NEVER}
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Item(byte[] key, long length, long flags, long cas, long expires) {}
