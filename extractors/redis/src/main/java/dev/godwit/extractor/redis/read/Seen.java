package dev.godwit.extractor.redis.read;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** The keys that were met last, 65,536 of them, by 128 bits of a hash. */
final class Seen {
  private static final int MOST = 1 << 16;

  private record Hash(long one, long other) {}

  private final Set<Hash> last =
      Collections.newSetFromMap(
          new LinkedHashMap<>() {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<Hash, Boolean> eldest) {
              return size() > MOST;
            }
          });
  private final MessageDigest digest;

  Seen() {
    try {
      digest = MessageDigest.getInstance("MD5");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Whether the key is met for the first time, as far as is known. */
  boolean isNew(byte[] key) {
    byte[] hash = digest.digest(key);
    return last.add(new Hash(number(hash, 0), number(hash, 8)));
  }

  private static long number(byte[] bytes, int from) {
    long value = 0;
    for (int i = from; i < from + 8; i++) {
      value = (value << 8) | (bytes[i] & 0xff);
    }
    return value;
  }
}
