package dev.godwit.vault.carry;

import dev.godwit.vault.block.BlockId;
import dev.godwit.vault.block.BlockRef;
import dev.godwit.vault.block.Frame;
import java.util.Optional;
import org.apache.arrow.memory.ArrowBuf;

/**
 * How a frame of one vault becomes a frame of the other. Where a vault is encrypted, a frame is
 * opened with the keys of the one and sealed with those of the other, and has another id there.
 * Safe for use by many threads.
 */
public interface FrameRoute {
  /** Between two vaults of the same form: a frame stays what it is, byte by byte. */
  FrameRoute AS_IT_IS =
      new FrameRoute() {
        @Override
        public Optional<BlockId> idThere(BlockRef block) {
          return Optional.of(block.id());
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
      };

  /** The id that a block has in the other vault, where that is known without its bytes. */
  Optional<BlockId> idThere(BlockRef block);

  /**
   * Makes the frame for the other vault.
   *
   * @param stored the frame as it was read, already proven by its checksum; taken over, and closed
   *     also where this fails
   */
  Frame carry(BlockRef block, ArrowBuf stored);
}
