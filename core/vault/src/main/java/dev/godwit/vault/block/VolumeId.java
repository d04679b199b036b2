package dev.godwit.vault.block;

import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.HexFormat;

/** The id of a volume: 128 random bits. */
public record VolumeId(long high, long low) {
  /** The size of an id in bytes. */
  public static final int BYTES = 16;

  private static final SecureRandom RANDOM = new SecureRandom();

  /** A new id. */
  public static VolumeId random() {
    return new VolumeId(RANDOM.nextLong(), RANDOM.nextLong());
  }

  /**
   * Reads 32 hexadecimal digits.
   *
   * @throws IllegalArgumentException if it is anything else
   */
  public static VolumeId parse(String hex) {
    if (hex.length() != 2 * BYTES) {
      throw new IllegalArgumentException("'" + hex + "' is no volume id");
    }
    return from(ByteBuffer.wrap(HexFormat.of().parseHex(hex)));
  }

  /** Reads 16 bytes from a buffer of any byte order. */
  public static VolumeId from(ByteBuffer bytes) {
    ByteBuffer big = bytes.slice(bytes.position(), BYTES); // a slice is big-endian
    bytes.position(bytes.position() + BYTES);
    return new VolumeId(big.getLong(0), big.getLong(8));
  }

  /** Writes 16 bytes to a buffer of any byte order. */
  public void putTo(ByteBuffer into) {
    ByteBuffer big = into.slice(into.position(), BYTES);
    big.putLong(high).putLong(low);
    into.position(into.position() + BYTES);
  }

  // Written out, as what a record is given without them takes 25 ms to be linked.
  @Override
  public boolean equals(Object other) {
    return other instanceof VolumeId id && high == id.high && low == id.low;
  }

  @Override
  public int hashCode() {
    return Long.hashCode(high) ^ Long.hashCode(low);
  }

  /** 32 hexadecimal digits. */
  @Override
  public String toString() {
    return HexFormat.of().toHexDigits(high) + HexFormat.of().toHexDigits(low);
  }
}
