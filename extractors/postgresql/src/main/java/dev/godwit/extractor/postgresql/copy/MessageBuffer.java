package dev.godwit.extractor.postgresql.copy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.BufferAllocator;

/** A buffer outside the heap that grows up to what one message in memory may need. */
final class MessageBuffer implements AutoCloseable {
  private final BufferAllocator allocator;
  private ArrowBuf memory;
  private ByteBuffer bytes;

  MessageBuffer(BufferAllocator allocator, int capacity) {
    this.allocator = allocator;
    this.memory = allocator.buffer(capacity);
    this.bytes = over(memory);
    bytes.limit(0);
  }

  private static ByteBuffer over(ArrowBuf memory) {
    return memory.nioBuffer(0, (int) memory.capacity()).order(ByteOrder.BIG_ENDIAN);
  }

  /** The same object until {@link #makeRoom} had to grow; what is unread lies between its marks. */
  ByteBuffer bytes() {
    return bytes;
  }

  /**
   * Moves what is unread to the front, into a larger buffer where {@code needed} bytes would not
   * fit, and leaves the buffer ready to be filled behind it.
   */
  void makeRoom(int needed) {
    if (needed <= bytes.capacity()) {
      bytes.compact();
      return;
    }
    ArrowBuf larger = allocator.buffer(Math.max((long) needed, bytes.capacity() * 2L));
    ByteBuffer grown = over(larger);
    grown.put(bytes);
    memory.close();
    memory = larger;
    bytes = grown;
  }

  @Override
  public void close() {
    memory.close();
  }
}
