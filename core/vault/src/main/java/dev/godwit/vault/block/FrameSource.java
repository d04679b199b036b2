package dev.godwit.vault.block;

import java.nio.ByteBuffer;

/** What stored frames are unsealed with. Used by one thread at a time. */
public interface FrameSource {
  /**
   * The zstd frame of a block.
   *
   * @param stored the bytes that remain in a direct buffer
   * @return a direct buffer, valid until the next call
   * @throws DamagedBlockException if it is not what was sealed as this block
   */
  ByteBuffer unseal(BlockRef ref, ByteBuffer stored) throws DamagedBlockException;

  /**
   * How long the block is.
   *
   * @param frame its zstd frame
   * @throws DamagedBlockException if that is told nowhere
   */
  int rawLength(BlockRef ref, ByteBuffer frame) throws DamagedBlockException;

  /** That of a vault that is not encrypted. */
  static FrameSource plain() {
    return new PlainFrames();
  }
}
