package dev.godwit.extractor.postgresql.copy;

import org.apache.arrow.memory.util.MemoryUtil;

/** The escapes of COPY's text format: before a backslash, for tab, newline and return. */
final class CopyText {
  private CopyText() {}

  static void escape(byte[] text, int length, ByteOut out) {
    out.room(length * 2);
    for (int i = 0; i < length; i++) {
      escape(text[i], out);
    }
  }

  static void escape(long address, int length, ByteOut out) {
    for (int i = 0; i < length; i++) {
      escape(MemoryUtil.getByte(address + i), out);
    }
  }

  static void escape(byte c, ByteOut out) {
    switch (c) {
      case '\\' -> pair('\\', out);
      case '\t' -> pair('t', out);
      case '\n' -> pair('n', out);
      case '\r' -> pair('r', out);
      default -> out.int1(c);
    }
  }

  private static void pair(char second, ByteOut out) {
    out.int1('\\');
    out.int1(second);
  }
}
