package dev.godwit.vault.block;

import java.nio.ByteBuffer;
import org.apache.arrow.memory.ArrowBuf;

/**
 * A block as it is stored: one zstd frame, sealed where the vault is encrypted. Owns its memory
 * until it is closed.
 *
 * @param id of the block
 * @param kind of the block
 * @param rows that it holds
 * @param rawLength of its uncompressed bytes
 * @param crc CRC-32C of the frame
 * @param memory that begins with the frame
 * @param length of the frame
 */
public record Frame(
    BlockId id, BlockKind kind, int rows, int rawLength, int crc, ArrowBuf memory, int length)
    implements AutoCloseable {

  /** The frame's bytes. */
  public ByteBuffer bytes() {
    return memory.nioBuffer(0, length);
  }

  /** Where it lies, once that is known. */
  public BlockRef at(VolumeId volume, long offset) {
    return new BlockRef(id, volume, offset, length, rawLength, rows, kind, crc);
  }

  @Override
  public void close() {
    memory.close();
  }
}
