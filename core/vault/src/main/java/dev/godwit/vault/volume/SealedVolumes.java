package dev.godwit.vault.volume;

import dev.godwit.vault.block.BlockRef;
import dev.godwit.vault.block.VolumeId;
import dev.godwit.vault.plane.SealedRun;
import java.nio.ByteBuffer;
import java.util.List;

/** What a run writes around the frames of an encrypted volume. */
final class SealedVolumes implements VolumeSeal {
  private final SealedRun run;
  private final int headerLength;

  SealedVolumes(SealedRun run) {
    this.run = run;
    this.headerLength = bytes(VolumeId.random()).length; // the same for all: the keys are
  }

  private byte[] bytes(VolumeId id) {
    return SealedHeader.write(run.writer(), run.files().vaultId(), id, List.of(run.sealedKey()));
  }

  @Override
  public int headerLength() {
    return headerLength;
  }

  @Override
  public ByteBuffer header(VolumeId id) {
    return ByteBuffer.wrap(bytes(id));
  }

  @Override
  public int footerLength(int blocks) {
    return SealedTable.length(blocks);
  }

  @Override
  public ByteBuffer footer(VolumeId id, List<BlockRef> blocks, long footerAt) {
    return SealedTable.write(run.writer(), run.domain(), bytes(id), id, blocks, footerAt);
  }
}
