package dev.godwit.vault.block;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.BufferAllocator;

/** A buffer outside the heap that grows and is used again. Used by one thread at a time. */
public final class BlockBuffer implements AutoCloseable {
  /** A buffer that grew beyond this is given back after its use: 16 MiB. */
  private static final int KEPT = 16 << 20;

  private final BufferAllocator allocator;
  private ArrowBuf memory;
  private ByteBuffer view;

  /** An empty buffer. */
  public BlockBuffer(BufferAllocator allocator) {
    this.allocator = allocator;
    this.memory = allocator.getEmpty();
    this.view = ByteBuffer.allocateDirect(0);
  }

  /**
   * Makes room. What the buffer held is lost where it has to grow, or where someone still holds
   * memory of its last use.
   */
  public ArrowBuf atLeast(int capacity) {
    boolean shared = memory.capacity() > 0 && memory.refCnt() > 1;
    boolean wasteful = memory.capacity() > KEPT && capacity <= KEPT / 2;
    if (shared || wasteful || memory.capacity() < capacity) {
      memory.close();
      memory = allocator.getEmpty();
      memory = BlockMemory.of(allocator, capacity);
      view = memory.nioBuffer(0, (int) Math.min(memory.capacity(), Integer.MAX_VALUE));
      view.order(ByteOrder.LITTLE_ENDIAN);
    }
    return memory;
  }

  /** The memory itself. */
  public ArrowBuf memory() {
    return memory;
  }

  /** The memory as a little-endian direct buffer, from 0 to its capacity; always the same one. */
  public ByteBuffer view() {
    return view;
  }

  @Override
  public void close() {
    memory.close();
    memory = allocator.getEmpty();
  }
}
