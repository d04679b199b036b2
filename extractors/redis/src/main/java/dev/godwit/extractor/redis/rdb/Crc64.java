package dev.godwit.extractor.redis.rdb;

/** The checksum of payloads: CRC-64 with the polynomial of Jones, reflected, begun with zero. */
public final class Crc64 {
  private static final long POLYNOMIAL = 0x95AC9329AC4BC9B5L;
  private static final int SLICES = 8;
  private static final long[][] TABLE = new long[SLICES][256];

  static {
    for (int i = 0; i < 256; i++) {
      long value = i;
      for (int bit = 0; bit < 8; bit++) {
        value = (value & 1) != 0 ? (value >>> 1) ^ POLYNOMIAL : value >>> 1;
      }
      TABLE[0][i] = value;
    }
    for (int i = 0; i < 256; i++) {
      for (int slice = 1; slice < SLICES; slice++) {
        long before = TABLE[slice - 1][i];
        TABLE[slice][i] = (before >>> 8) ^ TABLE[0][(int) before & 0xff];
      }
    }
  }

  private Crc64() {}

  /** Of the first bytes of an array. */
  public static long of(byte[] bytes, int length) {
    return of(bytes, 0, length);
  }

  /** Of so many bytes from a place on. */
  public static long of(byte[] bytes, int from, int count) {
    long value = 0;
    int at = from;
    int length = from + count;
    for (; at + SLICES <= length; at += SLICES) {
      long next = 0;
      for (int i = 0; i < SLICES; i++) {
        int index = (int) ((value >>> (8 * i)) & 0xff) ^ (bytes[at + i] & 0xff);
        next ^= TABLE[SLICES - 1 - i][index];
      }
      value = next;
    }
    for (; at < length; at++) {
      value = (value >>> 8) ^ TABLE[0][(int) (value ^ bytes[at]) & 0xff];
    }
    return value;
  }
}
