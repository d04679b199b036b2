package dev.godwit.extractor.redis.rdb;

import java.io.IOException;
import java.io.InputStream;

/**
 * Decompresses LZF as it is read, of any length. What is referred back to lies at most 8 KiB back,
 * so a ring of 16 KiB is all that is held.
 */
final class LzfInputStream extends InputStream {
  private static final int RING = 1 << 14;

  private final InputStream in;
  private final byte[] ring = new byte[RING];
  private long left;
  private long made;
  private int literal;
  private int copied;
  private long back;

  LzfInputStream(InputStream in, long length) {
    this.in = in;
    this.left = length;
  }

  @Override
  public int read() throws IOException {
    if (left == 0) {
      return -1;
    }
    if (literal == 0 && copied == 0) {
      int control = next();
      if (control < 32) {
        literal = control + 1;
      } else {
        copied = (control >> 5) + 2;
        if (control >> 5 == 7) {
          copied += next();
        }
        back = made - ((control & 0x1f) << 8 | next()) - 1;
        if (back < 0) {
          throw new RdbException("a compressed string is bent");
        }
      }
    }
    byte value;
    if (literal > 0) {
      literal--;
      value = (byte) next();
    } else {
      copied--;
      value = ring[(int) (back++ & (RING - 1))];
    }
    ring[(int) (made++ & (RING - 1))] = value;
    left--;
    return value & 0xff;
  }

  private int next() throws IOException {
    int value = in.read();
    if (value < 0) {
      throw new RdbException("a compressed string ends early");
    }
    return value;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    int count = 0;
    while (count < length && left > 0) {
      into[offset + count++] = (byte) read();
    }
    return count == 0 && length > 0 ? -1 : count;
  }
}
