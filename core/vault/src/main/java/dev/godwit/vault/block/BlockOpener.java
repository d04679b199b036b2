package dev.godwit.vault.block;

import com.github.luben.zstd.ZstdDecompressCtx;
import com.github.luben.zstd.ZstdException;
import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/**
 * Makes bytes of a stored frame again, and proves them. The counterpart of {@link BlockSealer}.
 * Used by one thread at a time.
 */
public final class BlockOpener implements AutoCloseable {
  private final ZstdDecompressCtx zstd;
  private final FrameSource source;

  /** Opens frames of one vault. */
  public BlockOpener(FrameSource source) {
    ZstdLibrary.require();
    this.zstd = new ZstdDecompressCtx();
    this.source = source;
  }

  /** Proves a stored frame by its checksum. Safe for use by many threads. */
  public static void prove(BlockRef ref, ByteBuffer frame) throws DamagedBlockException {
    if (frame.remaining() != ref.length()) {
      throw new DamagedBlockException(
          "has " + frame.remaining() + " bytes of " + ref.length() + ", the file is cut short");
    }
    CRC32C crc = new CRC32C();
    crc.update(frame.duplicate());
    if ((int) crc.getValue() != ref.crc()) {
      throw new DamagedBlockException("has another checksum than was written");
    }
  }

  /**
   * Unseals and decompresses a frame.
   *
   * @param stored the stored bytes, a direct buffer
   * @return how many bytes the block has
   * @throws DamagedBlockException if it is no whole frame of this block
   */
  public int open(BlockRef ref, ByteBuffer stored, BlockBuffer into) throws DamagedBlockException {
    return decompress(ref, unseal(ref, stored), into);
  }

  /**
   * Unseals a frame.
   *
   * @param stored the stored bytes, a direct buffer
   * @return the zstd frame, a direct buffer that is valid until the next call
   * @throws DamagedBlockException if it is not what was sealed as this block
   */
  public ByteBuffer unseal(BlockRef ref, ByteBuffer stored) throws DamagedBlockException {
    return source.unseal(ref, stored);
  }

  /**
   * Decompresses a frame.
   *
   * @param frame the zstd frame, a direct buffer
   * @return how many bytes the block has
   * @throws DamagedBlockException if it is no whole frame
   */
  public int decompress(BlockRef ref, ByteBuffer frame, BlockBuffer into)
      throws DamagedBlockException {
    int expected = source.rawLength(ref, frame);
    into.atLeast(Math.max(expected, 1));
    try {
      int length =
          zstd.decompressDirectByteBuffer(
              into.view(), 0, expected, frame, frame.position(), frame.remaining());
      if (length != expected) {
        throw new DamagedBlockException("has " + length + " bytes of " + expected);
      }
      return length;
    } catch (ZstdException e) {
      throw new DamagedBlockException("cannot be decompressed: " + e.getMessage(), e);
    }
  }

  /** Proves uncompressed bytes, so many from the buffer's start, by the block's id. */
  public static void proveId(BlockRef ref, BlockBuffer raw, int length, BlockIds ids)
      throws DamagedBlockException {
    if (!ids.of(raw.view().slice(0, length)).equals(ref.id())) {
      throw new DamagedBlockException("has another hash than its id");
    }
  }

  @Override
  public void close() {
    zstd.close();
  }
}
