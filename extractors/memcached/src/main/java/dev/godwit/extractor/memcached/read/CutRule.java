package dev.godwit.extractor.memcached.read;

/**
 * Where one batch ends and the next begins. A key itself and the size of its item decide, so that
 * the same items make the same batches when others come, go or change beside them: it begins a
 * batch with a likelihood that makes batches of about 4 MiB, of 3 MiB at least and 6 MiB at most.
 */
final class CutRule {
  /** A batch has fewer rows than this. */
  static final int MOST_ROWS = 1 << 16;

  private static final int LEAST = 3 << 20;
  private static final int MOST = 6 << 20;
  private static final double ALL_HASHES = 0x1p63;

  private CutRule() {}

  /**
   * Whether a batch ends ahead of an item.
   *
   * @param size of the item, as a row
   * @param bytes what the batch holds so far
   * @param rows how many items the batch holds so far, at least one
   */
  static boolean endsBefore(byte[] key, long size, long bytes, int rows) {
    return bytes + size > MOST
        || rows >= MOST_ROWS
        || (bytes >= LEAST && likely(key, size))
        || (rows >= MOST_ROWS / 2 && likely(key, 2L * LEAST / MOST_ROWS));
  }

  private static boolean likely(byte[] key, long size) {
    long hash = 0xcbf29ce484222325L; // FNV-1a
    for (byte b : key) {
      hash = (hash ^ (b & 0xff)) * 0x100000001b3L;
    }
    hash *= 0x9E3779B97F4A7C15L;
    hash ^= hash >>> 32;
    return (hash >>> 1) / ALL_HASHES < (double) size / LEAST;
  }
}
