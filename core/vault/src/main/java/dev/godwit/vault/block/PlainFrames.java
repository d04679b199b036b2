package dev.godwit.vault.block;

import java.nio.ByteBuffer;

/** Frames of a vault that is not encrypted: stored as they are. */
final class PlainFrames implements FrameSource {
  @Override
  public ByteBuffer unseal(BlockRef ref, ByteBuffer stored) {
    return stored;
  }

  @Override
  public int rawLength(BlockRef ref, ByteBuffer frame) throws DamagedBlockException {
    if (ref.rawLength() == BlockRef.UNTOLD) {
      throw new DamagedBlockException("is listed without its length");
    }
    return ref.rawLength();
  }
}
