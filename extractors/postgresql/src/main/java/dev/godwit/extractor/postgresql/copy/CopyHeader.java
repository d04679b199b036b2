package dev.godwit.extractor.postgresql.copy;

import java.io.IOException;
import org.apache.arrow.memory.util.MemoryUtil;

/** What a binary copy begins with: a signature, flags, and an extension that nothing uses yet. */
final class CopyHeader {
  /** {@code PGCOPY\n\377\r\n\0}, its first eight bytes and its last three. */
  private static final long SIGNATURE = 0x5047434f50590affL;

  private static final int SIGNATURE_END = 0x0d0a00;

  /** Flags from this bit on change the format (ids of rows, before PostgreSQL 12). */
  private static final int CRITICAL_FLAGS = 0xffff0000;

  private CopyHeader() {}

  /** Goes behind it. */
  static void skip(MessageReader message) throws IOException {
    long at = message.take(19);
    if (Long.reverseBytes(MemoryUtil.getLong(at)) != SIGNATURE
        || Integer.reverseBytes(MemoryUtil.getInt(at + 8)) >>> 8 != SIGNATURE_END) {
      throw new Malformed("the data does not begin as a binary copy");
    }
    int flags = Integer.reverseBytes(MemoryUtil.getInt(at + 11));
    int extension = Integer.reverseBytes(MemoryUtil.getInt(at + 15));
    if ((flags & CRITICAL_FLAGS) != 0 || extension < 0 || extension > message.left()) {
      throw new Malformed("the copy's header has flags that are not known");
    }
    message.take(extension);
  }
}
