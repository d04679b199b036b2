package dev.godwit.loader.memcached.placement;

/**
 * The remainder of a hash by the number of servers, as libmemcached has it by default: {@code
 * MEMCACHED_DISTRIBUTION_MODULA} over Bob Jenkins' one-at-a-time hash.
 *
 * @see <a
 *     href="https://github.com/awesomized/libmemcached/blob/v1.x/src/libhashkit/one_at_a_time.cc">
 *     hashkit_one_at_a_time in libmemcached</a>
 */
public record Modula(int servers) implements Placement {
  @Override
  public int of(byte[] key) {
    return Integer.remainderUnsigned(hash(key), servers);
  }

  /** Bytes count with their sign, as they do there. */
  static int hash(byte[] key) {
    int hash = 0;
    for (byte b : key) {
      hash += b;
      hash += hash << 10;
      hash ^= hash >>> 6;
    }
    hash += hash << 3;
    hash ^= hash >>> 11;
    hash += hash << 15;
    return hash;
  }
}
