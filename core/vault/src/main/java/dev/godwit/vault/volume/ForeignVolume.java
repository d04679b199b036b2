package dev.godwit.vault.volume;

import dev.godwit.vault.block.DamagedBlockException;
import dev.godwit.vault.block.VolumeId;
import dev.godwit.vault.plane.VaultFiles;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * Volumes of other vaults, as lie in a folder into which two vaults were copied: nothing is wrong
 * with them but where they are. One of a vault that is not encrypted names no vault, and is as good
 * in any other such.
 */
public final class ForeignVolume {
  private static final int BEGINNING = 64;

  private ForeignVolume() {}

  /**
   * Whether a volume that is none of this vault's begins as one of another.
   *
   * @param size of the file
   */
  public static boolean isAt(VaultFiles files, VolumeId id, long size) throws IOException {
    VolumeBytes file = VolumeBytes.asAsked(files.storage(), id, size);
    try {
      ByteBuffer first = file.at(0, (int) Math.min(size, BEGINNING));
      if (PlainVolumes.isAt(first)) {
        return files.writing().isPresent();
      }
      return SealedHeader.isAt(first)
          && !(files.writing().isPresent()
              && SealedHeader.vault(SealedHeader.read(file)).equals(files.vaultId()));
    } catch (DamagedBlockException e) {
      return false;
    }
  }
}
