package dev.godwit.mapping.mask;

import java.nio.ByteBuffer;
import java.util.Arrays;
import javax.crypto.Mac;

/**
 * Puts another whole number in the place of each, never the same for two, so that keys stay unique.
 *
 * <p>Numbers are permuted among those of their sign and size (below 2^7, 2^15, 2^31, 2^63): a
 * number fits where it fitted before, and a column of 32 bits still matches one of 64. Within a
 * class a Feistel network of {@value #ROUNDS} rounds of HMAC-SHA-256 (Luby and Rackoff, "How to
 * construct pseudorandom permutations", 1988) is walked until it is back in the class (Black and
 * Rogaway, "Ciphers with arbitrary finite domains", 2002). Used by one thread.
 */
final class HiddenNumbers {
  private static final int ROUNDS = 8;
  private static final int[] SIZES = {7, 15, 31, 63};
  private static final byte[] PURPOSE = {'g', 'w', 'n', 1};

  private final Mac mac;
  private final ByteBuffer message = ByteBuffer.allocate(PURPOSE.length + 2 + Integer.BYTES);
  private final byte[] digest = new byte[32];

  HiddenNumbers(MaskKey key) {
    this.mac = key.mac();
  }

  /** The number that stands for this one. */
  long of(long number) {
    // The bits of -1 - n for a negative n: as many as of the numbers from 0 on.
    return number < 0 ? ~hidden(~number) : hidden(number);
  }

  private long hidden(long number) {
    int bits = size(number);
    long found = number;
    do {
      found = permuted(found, bits);
    } while (found < 0 || size(found) != bits);
    return found;
  }

  private static int size(long number) {
    int used = Long.SIZE - Long.numberOfLeadingZeros(number);
    return Arrays.stream(SIZES).filter(size -> used <= size).findFirst().orElseThrow();
  }

  /** A permutation of the numbers of one bit more, so that both halves are of one length. */
  private long permuted(long number, int bits) {
    int half = (bits + 1) / 2;
    long mask = (1L << half) - 1;
    long left = (number >>> half) & mask;
    long right = number & mask;
    for (int round = 0; round < ROUNDS; round++) {
      long next = left ^ (mixed(bits, round, (int) right) & mask);
      left = right;
      right = next;
    }
    return (left << half) | right;
  }

  private long mixed(int bits, int round, int right) {
    message.clear();
    message.put(PURPOSE).put((byte) bits).put((byte) round).putInt(right);
    mac.update(message.array());
    try {
      mac.doFinal(digest, 0);
    } catch (javax.crypto.ShortBufferException e) {
      throw new IllegalStateException(e);
    }
    return ByteBuffer.wrap(digest).getLong();
  }
}
