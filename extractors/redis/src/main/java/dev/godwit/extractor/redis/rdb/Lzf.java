package dev.godwit.extractor.redis.rdb;

/** Decompresses LZF, as LibLZF lays it down, whole. */
final class Lzf {
  private Lzf() {}

  /**
   * Decompresses.
   *
   * @param length of what comes out
   * @throws RdbException where the bytes say otherwise
   */
  static byte[] decompress(byte[] in, int length) {
    byte[] out = new byte[length];
    int at = 0;
    int to = 0;
    try {
      while (at < in.length) {
        int control = in[at++] & 0xff;
        if (control < 32) {
          System.arraycopy(in, at, out, to, control + 1);
          at += control + 1;
          to += control + 1;
        } else {
          int count = control >> 5;
          if (count == 7) {
            count += in[at++] & 0xff;
          }
          int back = to - (((control & 0x1f) << 8) | (in[at++] & 0xff)) - 1;
          for (int i = 0; i < count + 2; i++) {
            out[to++] = out[back++];
          }
        }
      }
    } catch (IndexOutOfBoundsException e) {
      throw new RdbException("a compressed string is bent");
    }
    if (to != length) {
      throw new RdbException("a compressed string has another length than it says");
    }
    return out;
  }
}
