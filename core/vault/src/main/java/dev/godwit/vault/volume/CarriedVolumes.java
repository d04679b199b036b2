package dev.godwit.vault.volume;

import dev.godwit.vault.block.BlockRef;
import dev.godwit.vault.block.VolumeId;
import dev.godwit.vault.key.Domain;
import dev.godwit.vault.key.WriterKeys;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * What stands around frames that earlier runs have sealed: the header names the keys of all these
 * runs, the footer is proven in the domain that they are of.
 *
 * @param keys each as {@code DataKey.sealed} gave it
 */
record CarriedVolumes(String vaultId, WriterKeys writer, Domain domain, List<byte[]> keys)
    implements VolumeSeal {
  @Override
  public int headerLength() {
    return header(VolumeId.random()).remaining(); // the same for all: the keys are
  }

  @Override
  public ByteBuffer header(VolumeId id) {
    return ByteBuffer.wrap(SealedHeader.write(writer, vaultId, id, keys));
  }

  @Override
  public int footerLength(int blocks) {
    return SealedTable.length(blocks);
  }

  @Override
  public ByteBuffer footer(VolumeId id, List<BlockRef> blocks, long footerAt) {
    byte[] header = SealedHeader.write(writer, vaultId, id, keys);
    return SealedTable.write(writer, domain, header, id, blocks, footerAt);
  }
}
