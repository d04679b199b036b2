package dev.godwit.vault.block;

import java.nio.ByteBuffer;

/** Blocks of a vault that is not encrypted: named by their hash, and stored as zstd frames. */
final class PlainBlocks implements BlockSeal {
  private final BlockIds ids = BlockIds.hashes();

  @Override
  public BlockIds ids() {
    return ids;
  }

  @Override
  public int overhead() {
    return 0;
  }

  @Override
  public void seal(BlockId id, ByteBuffer frame, ByteBuffer into) {
    into.put(frame);
  }
}
