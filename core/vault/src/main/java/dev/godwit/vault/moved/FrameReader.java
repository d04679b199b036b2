package dev.godwit.vault.moved;

import dev.godwit.spi.storage.Storage;
import dev.godwit.vault.block.BlockMemory;
import dev.godwit.vault.block.BlockOpener;
import dev.godwit.vault.block.BlockRef;
import dev.godwit.vault.block.DamagedBlockException;
import dev.godwit.vault.file.Layout;
import dev.godwit.vault.plane.VaultFiles;
import dev.godwit.vault.storage.StorageFailure;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.BufferAllocator;

/**
 * Reads frames as they are stored, wherever they lie by now, and proves them by their checksum.
 * Safe for use by many threads.
 */
public final class FrameReader {
  private final Storage storage;
  private final MovedBlocks moved;
  private final BufferAllocator allocator;

  /** Those of a vault. */
  public FrameReader(VaultFiles files, BufferAllocator allocator) {
    this.storage = files.storage();
    this.moved = new MovedBlocks(files);
    this.allocator = allocator;
  }

  /**
   * Reads a frame. What is bent may have been bent on its way over a network: it is read once more
   * then.
   *
   * @return memory that begins with the frame; the caller closes it
   * @throws java.nio.file.NoSuchFileException if its volume is missing, and was not rewritten
   * @throws DamagedBlockException if it is not what was written
   */
  public ArrowBuf read(BlockRef ref) throws IOException, DamagedBlockException {
    ArrowBuf memory = BlockMemory.of(allocator, ref.length());
    try {
      read(ref, memory.nioBuffer(0, ref.length()));
      return memory;
    } catch (IOException | DamagedBlockException | RuntimeException | Error e) {
      memory.close();
      throw e;
    }
  }

  private void read(BlockRef ref, ByteBuffer into) throws IOException, DamagedBlockException {
    BlockRef at = readWhereItLies(ref, into);
    try {
      BlockOpener.prove(ref, into.flip());
    } catch (DamagedBlockException e) {
      if (!storage.isRemote()) {
        throw e;
      }
      storage.read(Layout.volume(at.volume()), at.offset(), into.clear());
      BlockOpener.prove(ref, into.flip());
    }
  }

  /** A volume that is missing may have been rewritten, and that one again. */
  private BlockRef readWhereItLies(BlockRef ref, ByteBuffer into) throws IOException {
    BlockRef at = moved.known(ref);
    for (int steps = 0; ; steps++) {
      try {
        storage.read(Layout.volume(at.volume()), at.offset(), into);
        return at;
      } catch (NoSuchFileException e) {
        at = moved.find(at).orElseThrow(() -> e);
        if (steps > MovedBlocks.MOST_STEPS) {
          throw StorageFailure.damaged(
              storage, Layout.moved(at.volume()), "leads in a circle", null);
        }
        into.clear();
      }
    }
  }
}
