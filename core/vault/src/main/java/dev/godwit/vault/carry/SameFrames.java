package dev.godwit.vault.carry;

import dev.godwit.vault.block.BlockRef;
import dev.godwit.vault.block.Frame;
import java.util.Optional;
import org.apache.arrow.memory.ArrowBuf;

/** Between two plain vaults: a frame stays what it is, byte by byte, and its block keeps its id. */
final class SameFrames implements FrameRoute {
  @Override
  public Optional<Named> nameThere(BlockRef block) {
    return Optional.of(new Named(block.id(), block.rawLength()));
  }

  @Override
  public Frame carry(BlockRef block, ArrowBuf stored) {
    return new Frame(
        block.id(),
        block.kind(),
        block.rows(),
        block.rawLength(),
        block.crc(),
        stored,
        block.length());
  }

  @Override
  public void close() {}
}
