package dev.godwit.vault.index;

import dev.godwit.vault.block.BlockRef;
import dev.godwit.vault.file.Layout;
import dev.godwit.vault.volume.VolumeTable;

/** Segments of domains whose keys are not at hand: only their checksum can be proven. */
final class ForeignSegments implements SegmentSeal {
  @Override
  public String folder() {
    return Layout.INDEX;
  }

  @Override
  public int proofLength() {
    return DomainSegments.PROOF;
  }

  @Override
  public boolean accepts(byte[] proof, byte[] found) {
    return true;
  }

  @Override
  public Proof begin() {
    return new PlainSegments().begin();
  }

  @Override
  public boolean isCopied() {
    return false;
  }

  @Override
  public boolean mayReuse(VolumeTable volume) {
    return false;
  }

  @Override
  public BlockRef kept(BlockRef ref) {
    return ref.untold();
  }
}
