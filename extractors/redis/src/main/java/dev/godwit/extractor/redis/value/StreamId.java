package dev.godwit.extractor.redis.value;

/**
 * The id of an entry of a stream.
 *
 * @param millis unsigned
 * @param sequence unsigned
 */
public record StreamId(long millis, long sequence) {

  /** The id so much later. */
  public StreamId plus(long moreMillis, long moreSequence) {
    return new StreamId(millis + moreMillis, sequence + moreSequence);
  }

  /**
   * Reads what {@link #toString} writes.
   *
   * @throws NumberFormatException if it is none
   */
  public static StreamId parse(String text) {
    int dash = text.indexOf('-');
    return new StreamId(
        Long.parseUnsignedLong(text, 0, Math.max(0, dash), 10),
        Long.parseUnsignedLong(text, dash + 1, text.length(), 10));
  }

  @Override
  public String toString() {
    return Long.toUnsignedString(millis) + "-" + Long.toUnsignedString(sequence);
  }
}
