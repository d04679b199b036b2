package dev.godwit.vault.volume;

import dev.godwit.vault.block.DamagedBlockException;
import dev.godwit.vault.block.VolumeId;
import dev.godwit.vault.file.Layout;
import dev.godwit.vault.key.WriterKeys;
import dev.godwit.vault.plane.VaultFiles;
import java.io.IOException;
import java.util.List;

/** The keys of the runs whose frames an encrypted volume holds. */
public final class VolumeKeys {
  private VolumeKeys() {}

  /**
   * Reads them from the volume's header.
   *
   * @return each as {@code DataKey.sealed} gave it; the writer plane vouches for them
   * @throws DamagedBlockException if the header is bent, forged, or of another volume or vault
   */
  public static List<byte[]> read(VaultFiles files, VolumeId id)
      throws IOException, DamagedBlockException {
    long size = files.storage().stat(Layout.volume(id)).size();
    WriterKeys keys = files.writing().orElseThrow();
    byte[] header =
        SealedHeader.read(VolumeBytes.asAsked(files.storage(), id, size), files.vaultId());
    return SealedHeader.keys(keys, header);
  }
}
