package dev.godwit.transfer.hash;

/**
 * What tells whether two sets of rows are the same: their number, and the sum of their hashes
 * modulo 2^128. The order of rows does not count.
 *
 * @param rows how many
 * @param high the upper 64 bits of the sum
 * @param low the lower 64 bits of the sum
 */
public record Fingerprint(long rows, long high, long low) {
  /** Of no rows. */
  public static final Fingerprint EMPTY = new Fingerprint(0, 0, 0);

  /** Of these rows and one more, whose hash is given. */
  public Fingerprint add(long rowHigh, long rowLow) {
    return plus(new Fingerprint(1, rowHigh, rowLow));
  }

  /** Of these rows and those. */
  public Fingerprint plus(Fingerprint other) {
    long sum = low + other.low;
    long carry = Long.compareUnsigned(sum, low) < 0 ? 1 : 0;
    return new Fingerprint(rows + other.rows, high + other.high + carry, sum);
  }

  /** Such as {@code 3 rows, 00000000000000ff0123456789abcdef}. */
  @Override
  public String toString() {
    return String.format("%d rows, %016x%016x", rows, high, low);
  }
}
