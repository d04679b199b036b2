package dev.godwit.vault.volume;

import dev.godwit.vault.block.BlockRef;
import dev.godwit.vault.block.VolumeId;
import dev.godwit.vault.key.Domain;
import dev.godwit.vault.key.WriterKeys;
import dev.godwit.vault.plane.SealedRun;
import dev.godwit.vault.plane.VaultRun;
import java.nio.ByteBuffer;
import java.util.List;

/** What is written around the frames of a volume. Safe for use by many threads. */
public interface VolumeSeal {
  /** How long every header is. */
  int headerLength();

  /** What a volume begins with. */
  ByteBuffer header(VolumeId id);

  /** How long the footer of so many blocks is. */
  int footerLength(int blocks);

  /**
   * What a volume ends with.
   *
   * @param blocks in the order of their offsets
   * @param footerAt where the footer begins in the file
   */
  ByteBuffer footer(VolumeId id, List<BlockRef> blocks, long footerAt);

  /** That of a run. */
  static VolumeSeal of(VaultRun run) {
    return run instanceof SealedRun sealed ? new SealedVolumes(sealed) : new PlainVolumes();
  }

  /**
   * For frames that earlier runs have sealed, and that come into a volume of one domain as they
   * are.
   *
   * @param writer whose domain it is
   * @param keys of those runs, each as {@code DataKey.sealed} gave it
   */
  static VolumeSeal ofSealedFrames(
      String vaultId, WriterKeys writer, Domain domain, List<byte[]> keys) {
    return new CarriedVolumes(vaultId, writer, domain, keys);
  }
}
