package dev.godwit.vault.block;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdDecompressCtx;
import com.github.luben.zstd.ZstdException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.zip.CRC32C;

/**
 * Makes bytes of a frame again, and proves them. Used by one thread at a time.
 *
 * <p>The counterpart of {@link BlockSealer}: where encryption is to come, a frame is opened before
 * it is decompressed.
 */
public final class BlockOpener implements AutoCloseable {
  private final ZstdDecompressCtx zstd = new ZstdDecompressCtx();
  private final MessageDigest sha256 = BlockSealer.sha256();

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
   * Decompresses a frame.
   *
   * @param frame the stored bytes, a direct buffer
   * @throws DamagedBlockException if it is no whole frame of the block's length
   */
  public void open(BlockRef ref, ByteBuffer frame, BlockBuffer into) throws DamagedBlockException {
    requireLength(ref, frame);
    into.atLeast(Math.max(ref.rawLength(), 1));
    try {
      int length =
          zstd.decompressDirectByteBuffer(
              into.view(), 0, ref.rawLength(), frame, frame.position(), frame.remaining());
      if (length != ref.rawLength()) {
        throw new DamagedBlockException("has " + length + " bytes of " + ref.rawLength());
      }
    } catch (ZstdException e) {
      throw new DamagedBlockException("cannot be decompressed: " + e.getMessage(), e);
    }
  }

  /** A length that the frame itself does not say is believed by nobody, least by an allocator. */
  private static void requireLength(BlockRef ref, ByteBuffer frame) throws DamagedBlockException {
    long said =
        Zstd.getDirectByteBufferFrameContentSize(frame, frame.position(), frame.remaining());
    if (said != ref.rawLength()) {
      throw new DamagedBlockException(
          said < 0
              ? "cannot be decompressed: it is no zstd frame that says its length"
              : "has " + said + " bytes of " + ref.rawLength());
    }
  }

  /** Proves uncompressed bytes by the block's id. */
  public void proveId(BlockRef ref, BlockBuffer raw) throws DamagedBlockException {
    sha256.update(raw.view().slice(0, ref.rawLength()));
    if (!BlockId.of(sha256.digest()).equals(ref.id())) {
      throw new DamagedBlockException("has another hash than its id");
    }
  }

  @Override
  public void close() {
    zstd.close();
  }
}
