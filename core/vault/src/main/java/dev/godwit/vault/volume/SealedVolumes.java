package dev.godwit.vault.volume;

import dev.godwit.vault.block.BlockRef;
import dev.godwit.vault.block.VolumeId;
import dev.godwit.vault.plane.SealedRun;
import dev.godwit.vault.plane.WriterDomain;
import java.nio.ByteBuffer;
import java.util.List;

/** What is written around the frames of an encrypted volume. */
final class SealedVolumes implements VolumeSeal {
  private final WriterDomain owner;
  private final String vault;
  private final List<byte[]> keys;
  private final int headerLength;

  /** Those of a run, with its own key. */
  SealedVolumes(SealedRun run) {
    this(
        new WriterDomain(run.writer(), run.domain()),
        run.files().vaultId(),
        List.of(run.sealedKey()));
  }

  /**
   * Those of a domain.
   *
   * @param keys of the runs whose frames they hold, as they are sealed
   */
  SealedVolumes(WriterDomain owner, String vault, List<byte[]> keys) {
    this.owner = owner;
    this.vault = vault;
    this.keys = keys;
    this.headerLength = bytes(VolumeId.random()).length; // the same for all: the keys are
  }

  private byte[] bytes(VolumeId id) {
    return SealedHeader.write(owner.writer(), vault, id, keys);
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
    return SealedTable.write(owner.writer(), owner.domain(), bytes(id), id, blocks, footerAt);
  }
}
