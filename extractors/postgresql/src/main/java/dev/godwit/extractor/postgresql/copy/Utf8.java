package dev.godwit.extractor.postgresql.copy;

import org.apache.arrow.memory.util.MemoryUtil;

/** Checks that bytes are UTF-8 (RFC 3629): shortest forms only, no surrogates. */
final class Utf8 {
  private static final long HIGH_BITS = 0x8080808080808080L;

  private Utf8() {}

  /** Whether the bytes at an address are UTF-8. ASCII is passed over a word at a time. */
  static boolean valid(long address, int length) {
    long at = address;
    long end = address + length;
    while (at < end) {
      while (at <= end - 8 && (MemoryUtil.getLong(at) & HIGH_BITS) == 0) {
        at += 8;
      }
      while (at < end && MemoryUtil.getByte(at) >= 0) {
        at++;
      }
      if (at < end) {
        int bytes = sequence(at, end);
        if (bytes == 0) {
          return false;
        }
        at += bytes;
      }
    }
    return true;
  }

  /** The length of the sequence that begins with a byte beyond ASCII; 0 if it is not valid. */
  private static int sequence(long at, long end) {
    int first = MemoryUtil.getByte(at) & 0xff;
    int bytes = first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : 2;
    if (first < 0xc2 || first > 0xf4 || end - at < bytes) {
      return 0;
    }
    int second = MemoryUtil.getByte(at + 1) & 0xff;
    int least = first == 0xe0 ? 0xa0 : first == 0xf0 ? 0x90 : 0x80;
    int most = first == 0xed ? 0x9f : first == 0xf4 ? 0x8f : 0xbf;
    if (second < least || second > most) {
      return 0;
    }
    for (int i = 2; i < bytes; i++) {
      if ((MemoryUtil.getByte(at + i) & 0xc0) != 0x80) {
        return 0;
      }
    }
    return bytes;
  }
}
