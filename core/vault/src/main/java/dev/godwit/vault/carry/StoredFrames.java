package dev.godwit.vault.carry;

import dev.godwit.spi.storage.Storage;
import dev.godwit.vault.block.BlockRef;
import dev.godwit.vault.block.DamagedBlockException;
import dev.godwit.vault.file.Layout;
import dev.godwit.vault.moved.FrameReader;
import dev.godwit.vault.plane.VaultFiles;
import dev.godwit.vault.storage.StorageFailure;
import java.io.IOException;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.BufferAllocator;

/** Reads frames as they are stored, proven by their checksum. Safe for use by many threads. */
public final class StoredFrames {
  private final Storage storage;
  private final FrameReader reader;

  /** Those of a vault. */
  public StoredFrames(VaultFiles files, BufferAllocator allocator) {
    this.storage = files.storage();
    this.reader = new FrameReader(files, allocator);
  }

  /**
   * Reads a frame, wherever it lies by now.
   *
   * @return memory that begins with the frame; the caller closes it
   * @throws dev.godwit.spi.error.GodwitException {@code DAMAGED} if it is missing or bent
   */
  public ArrowBuf read(BlockRef ref) {
    String path = Layout.volume(ref.volume());
    try {
      return reader.read(ref);
    } catch (IOException e) {
      throw StorageFailure.reading(storage, path, e);
    } catch (DamagedBlockException e) {
      throw StorageFailure.damaged(
          storage, path, "is damaged: the block at " + ref.offset() + ' ' + e.getMessage(), e);
    }
  }
}
