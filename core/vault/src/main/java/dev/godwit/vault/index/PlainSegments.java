package dev.godwit.vault.index;

import dev.godwit.vault.block.BlockRef;
import dev.godwit.vault.file.Layout;
import dev.godwit.vault.volume.VolumeTable;
import java.nio.ByteBuffer;

/** Segments of a vault that is not encrypted: their checksum is all the proof there is. */
final class PlainSegments implements SegmentSeal {
  private static final Proof NONE =
      new Proof() {
        @Override
        public void update(ByteBuffer bytes) {}

        @Override
        public byte[] end() {
          return new byte[0];
        }
      };

  @Override
  public String folder() {
    return Layout.INDEX;
  }

  @Override
  public int proofLength() {
    return 0;
  }

  @Override
  public Proof begin() {
    return NONE;
  }

  @Override
  public boolean isCopied() {
    return false;
  }

  @Override
  public BlockRef kept(BlockRef ref) {
    return ref;
  }

  @Override
  public boolean mayReuse(VolumeTable volume) {
    return true;
  }
}
