package dev.godwit.vault.block;

import com.github.luben.zstd.Zstd;
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
    // A length that the frame itself does not say is believed by nobody, least by an allocator.
    long said =
        Zstd.getDirectByteBufferFrameContentSize(frame, frame.position(), frame.remaining());
    if (said != ref.rawLength()) {
      throw new DamagedBlockException(
          said < 0
              ? "cannot be decompressed: it is no zstd frame that says its length"
              : "has " + said + " bytes of " + ref.rawLength());
    }
    return ref.rawLength();
  }
}
