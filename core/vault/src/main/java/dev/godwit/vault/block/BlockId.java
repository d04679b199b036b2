package dev.godwit.vault.block;

import java.nio.ByteBuffer;
import java.util.HexFormat;

/**
 * The id of a block: the SHA-256 of its uncompressed bytes, or an HMAC with it, as four big-endian
 * words. Ordered as the bytes are.
 */
public record BlockId(long a, long b, long c, long d) implements Comparable<BlockId> {
  /** The size of an id in bytes. */
  public static final int BYTES = 32;

  /** The id from its 32 bytes. */
  public static BlockId of(byte[] hash) {
    return from(ByteBuffer.wrap(hash));
  }

  /** Reads 32 bytes from a buffer of any byte order. */
  public static BlockId from(ByteBuffer bytes) {
    ByteBuffer big = bytes.slice(bytes.position(), BYTES); // a slice is big-endian
    bytes.position(bytes.position() + BYTES);
    return new BlockId(big.getLong(0), big.getLong(8), big.getLong(16), big.getLong(24));
  }

  /**
   * Reads 64 hexadecimal digits.
   *
   * @throws IllegalArgumentException if it is anything else
   */
  public static BlockId parse(String hex) {
    if (hex.length() != 2 * BYTES) {
      throw new IllegalArgumentException("'" + hex + "' is no block id");
    }
    return of(HexFormat.of().parseHex(hex));
  }

  /** Writes 32 bytes to a buffer of any byte order. */
  public void putTo(ByteBuffer into) {
    ByteBuffer big = into.slice(into.position(), BYTES);
    big.putLong(a).putLong(b).putLong(c).putLong(d);
    into.position(into.position() + BYTES);
  }

  /** The 32 bytes. */
  public byte[] bytes() {
    return ByteBuffer.allocate(BYTES).putLong(a).putLong(b).putLong(c).putLong(d).array();
  }

  @Override
  public int compareTo(BlockId other) {
    int order = Long.compareUnsigned(a, other.a);
    if (order == 0) {
      order = Long.compareUnsigned(b, other.b);
    }
    if (order == 0) {
      order = Long.compareUnsigned(c, other.c);
    }
    return order != 0 ? order : Long.compareUnsigned(d, other.d);
  }

  @Override
  public int hashCode() {
    return Long.hashCode(a); // a hash is as good as its first word
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof BlockId that
        && a == that.a
        && b == that.b
        && c == that.c
        && d == that.d;
  }

  /** 64 hexadecimal digits. */
  @Override
  public String toString() {
    HexFormat hex = HexFormat.of();
    return hex.toHexDigits(a) + hex.toHexDigits(b) + hex.toHexDigits(c) + hex.toHexDigits(d);
  }
}
