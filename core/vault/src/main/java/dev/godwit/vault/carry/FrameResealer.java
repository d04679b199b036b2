package dev.godwit.vault.carry;

import dev.godwit.vault.block.BlockBuffer;
import dev.godwit.vault.block.BlockDecoder;
import dev.godwit.vault.block.BlockId;
import dev.godwit.vault.block.BlockIds;
import dev.godwit.vault.block.BlockMemory;
import dev.godwit.vault.block.BlockOpener;
import dev.godwit.vault.block.BlockRef;
import dev.godwit.vault.block.BlockSeal;
import dev.godwit.vault.block.DamagedBlockException;
import dev.godwit.vault.block.Frame;
import dev.godwit.vault.frame.Frames;
import dev.godwit.vault.plane.VaultFiles;
import dev.godwit.vault.plane.VaultRun;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.zip.CRC32C;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.BufferAllocator;

/**
 * Opens frames of one vault, and names and seals them as a run into another does. The compressed
 * bytes stay as they are: they are decompressed only to be named, since an id is of the plain
 * bytes. Used by one thread at a time.
 */
final class FrameResealer implements AutoCloseable {
  private final BufferAllocator allocator;
  private final BlockOpener opener;
  private final Optional<BlockIds> proof;
  private final BlockSeal seal;
  private final BlockBuffer raw;

  /**
   * For frames of a vault.
   *
   * @throws dev.godwit.spi.error.GodwitException {@code WRONG_KEY} where the keys at hand do not
   *     read it
   */
  FrameResealer(VaultFiles from, VaultRun to, BufferAllocator allocator) {
    this.allocator = allocator;
    this.opener = new BlockOpener(Frames.opening(from));
    // What was encrypted opens as no other block than its own; what was not is held against its id.
    this.proof = from.writing().isEmpty() ? Optional.of(BlockIds.hashes()) : Optional.empty();
    this.seal = Frames.sealing(to);
    this.raw = new BlockBuffer(allocator);
  }

  /**
   * Makes a frame of the other vault.
   *
   * @param stored proven by its checksum
   * @return the caller closes it
   * @throws DamagedBlockException if it is no whole frame of this block
   */
  Frame reseal(BlockRef block, ArrowBuf stored) throws DamagedBlockException {
    ByteBuffer frame = opener.unseal(block, stored.nioBuffer(0, block.length()));
    int rawLength = opener.decompress(block, frame, raw);
    if (proof.isPresent()) {
      BlockOpener.proveId(block, raw, rawLength, proof.get());
    }
    BlockId id = seal.ids().of(raw.view().slice(0, rawLength));
    int rows = BlockDecoder.rows(block.kind(), raw, rawLength);
    int length = frame.remaining() + seal.overhead();
    ArrowBuf memory = BlockMemory.of(allocator, length);
    ByteBuffer bytes = memory.nioBuffer(0, length);
    seal.seal(id, frame, bytes.duplicate());
    CRC32C crc = new CRC32C();
    crc.update(bytes);
    return new Frame(id, block.kind(), rows, rawLength, (int) crc.getValue(), memory, length);
  }

  @Override
  public void close() {
    opener.close();
    raw.close();
  }
}
