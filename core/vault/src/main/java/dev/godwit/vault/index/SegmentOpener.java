package dev.godwit.vault.index;

import dev.godwit.spi.storage.Storage;
import dev.godwit.spi.storage.Storage.StoredFile;
import dev.godwit.vault.block.DamagedBlockException;
import dev.godwit.vault.plane.VaultFiles;
import java.io.IOException;

/** Opens the segments of a vault's index for whoever writes none. */
public final class SegmentOpener {
  private final Storage storage;

  private SegmentOpener(Storage storage) {
    this.storage = storage;
  }

  /** That of a vault. */
  public static SegmentOpener of(VaultFiles files) {
    return new SegmentOpener(files.storage());
  }

  /**
   * Opens a segment and proves it, as far as the keys at hand can.
   *
   * @throws DamagedBlockException if it is bent or forged
   */
  public IndexSegment open(StoredFile file) throws IOException, DamagedBlockException {
    return IndexSegment.open(new PlainSegments(), storage, file.path(), file.size());
  }
}
