package dev.godwit.vault.plane;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * How a file is cut into pieces that are sealed one by one: each is a length of 4 bytes,
 * little-endian, whose highest bit marks the last piece, and the sealed bytes. A piece is bound to
 * what file it is of, to its number and to whether it is the last, so that none can be moved,
 * repeated or cut off.
 */
final class Pieces {
  /** Of a piece before it is sealed: 1 MiB. */
  static final int MOST = 1 << 20;

  /** Sealing makes no piece longer by more. */
  static final int MOST_OVERHEAD = 64;

  static final int LAST = Integer.MIN_VALUE;

  private Pieces() {}

  static byte[] aad(String what, long number, boolean last) {
    byte[] words = what.getBytes(StandardCharsets.UTF_8);
    return ByteBuffer.allocate(words.length + 10)
        .order(ByteOrder.LITTLE_ENDIAN)
        .put(words)
        .put((byte) 0)
        .putLong(number)
        .put((byte) (last ? 1 : 0))
        .array();
  }

  static byte[] length(int length, boolean last) {
    return ByteBuffer.allocate(4)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putInt(last ? length | LAST : length)
        .array();
  }
}
