package dev.godwit.vault.block;

import dev.godwit.spi.error.ExitCode;
import dev.godwit.spi.error.GodwitException;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.OutOfMemoryException;

/** Memory for what a vault says is so long: its word is not enough to take more than a run may. */
public final class BlockMemory {
  private BlockMemory() {}

  /**
   * Memory outside the heap.
   *
   * @throws GodwitException {@code FAILED} where the run may not have so much
   */
  public static ArrowBuf of(BufferAllocator allocator, int bytes) {
    try {
      return allocator.buffer(bytes);
    } catch (OutOfMemoryException e) {
      throw new GodwitException(
          ExitCode.FAILED,
          "a block of " + bytes + " bytes does not fit into the memory of this run",
          "run 'godwit check --read-data' to see whether the vault is whole",
          e);
    }
  }
}
