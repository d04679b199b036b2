package dev.godwit.extractor.postgresql.copy;

import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.util.MemoryUtil;

/**
 * A buffer outside the heap that is written by address and grows by doubling. All bytes that were
 * not written since {@link #zero} are zero, so that a batch's padding is always the same.
 */
final class Growable implements AutoCloseable {
  private static final long FIRST = 4096;

  private final BufferAllocator allocator;
  private ArrowBuf buffer;
  private long address;
  private long capacity;

  Growable(BufferAllocator allocator) {
    this.allocator = allocator;
    this.buffer = allocator.getEmpty();
  }

  /** Where the buffer begins; changes when it grows. */
  long address() {
    return address;
  }

  long capacity() {
    return capacity;
  }

  /** Makes room for so many bytes in all. */
  void ensure(long bytes) {
    if (bytes > capacity) {
      grow(bytes);
    }
  }

  private void grow(long bytes) {
    long size = Math.max(FIRST, Long.highestOneBit(bytes - 1) << 1);
    ArrowBuf larger = allocator.buffer(size);
    MemoryUtil.copyMemory(address, larger.memoryAddress(), capacity);
    MemoryUtil.setMemory(larger.memoryAddress() + capacity, size - capacity, (byte) 0);
    buffer.close();
    buffer = larger;
    address = larger.memoryAddress();
    capacity = size;
  }

  /** Zeroes the bytes from one place up to, not including, another. */
  void zero(long from, long to) {
    if (to > from) {
      MemoryUtil.setMemory(address + from, Math.min(to, capacity) - from, (byte) 0);
    }
  }

  /** The buffer, said to hold so many bytes. */
  ArrowBuf holding(long bytes) {
    ensure(bytes);
    return buffer.writerIndex(bytes);
  }

  @Override
  public void close() {
    buffer.close();
    buffer = allocator.getEmpty();
    address = 0;
    capacity = 0;
  }
}
