package dev.godwit.extractor.mongodb.read;

/**
 * Where one batch ends and the next begins. A document's own {@code _id} and size decide, so that
 * the same documents make the same batches when others come, go or change beside them: it begins a
 * batch with a likelihood that makes batches of about 4 MiB, of 3 MiB at least and 6 MiB at most.
 *
 * <p>A few documents, one in {@code 2^spread}, begin a batch whatever came before. Partitions begin
 * at such a one, so that it makes no difference to the batches where partitions are cut.
 *
 * @param spread 0 to 63
 */
record CutRule(int spread) {
  /** A batch of fewer bytes ends only ahead of a document that always begins one. */
  static final int LEAST = 3 << 20;

  /** A batch has no more bytes, but for a document that is larger on its own. */
  static final int MOST = 6 << 20;

  private static final int BETWEEN_STRONG = 16 << 20;
  private static final int UNKNOWN = 15;
  private static final double ALL_HASHES = 0x1p64;

  /** The rule for documents of this size on average; 0 where it is not known. */
  static CutRule forDocuments(long averageBytes, long partitionBytes) {
    if (averageBytes <= 0) {
      return new CutRule(UNKNOWN);
    }
    long apart = Math.max(1, Math.min(BETWEEN_STRONG, partitionBytes / 4) / averageBytes);
    return new CutRule(63 - Long.numberOfLeadingZeros(apart));
  }

  /** Whether a document with this hash begins a batch whatever came before. */
  boolean always(long hash) {
    return spread == 0 || hash >>> (64 - spread) == 0;
  }

  /**
   * Whether a batch ends ahead of a document.
   *
   * @param bytes what the batch holds so far
   */
  boolean endsBefore(long hash, int size, long bytes) {
    return always(hash)
        ? spread > 0 || bytes >= LEAST
        : bytes + size > MOST || (bytes >= LEAST && likely(hash, size));
  }

  /** As likely as the document is a part of what a batch should grow by beyond its least size. */
  private static boolean likely(long hash, int size) {
    long mixed = hash * 0x9E3779B97F4A7C15L;
    mixed ^= mixed >>> 32;
    double fraction = (mixed >>> 1) / (ALL_HASHES / 2);
    return fraction < (double) size / LEAST;
  }
}
