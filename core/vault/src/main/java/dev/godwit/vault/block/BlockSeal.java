package dev.godwit.vault.block;

import java.nio.ByteBuffer;

/** How a run names its blocks and keeps their frames. Used by one thread at a time. */
public interface BlockSeal {
  /** What names the blocks. */
  BlockIds ids();

  /** How many bytes a stored frame has more than the zstd frame in it. */
  int overhead();

  /**
   * Makes a zstd frame what is stored.
   *
   * @param frame the bytes that remain in a direct buffer
   * @param into a direct buffer with room for exactly the frame and the overhead
   */
  void seal(BlockId id, ByteBuffer frame, ByteBuffer into);

  /** That of a vault that is not encrypted. */
  static BlockSeal plain() {
    return new PlainBlocks();
  }
}
