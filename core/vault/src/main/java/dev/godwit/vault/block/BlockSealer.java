package dev.godwit.vault.block;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdCompressCtx;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.zip.CRC32C;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.BufferAllocator;

/**
 * Gives bytes their id and makes them a frame. Used by one thread at a time.
 *
 * <p>The one place to change for encryption: the id becomes an HMAC, and the frame is sealed after
 * it is compressed.
 */
final class BlockSealer implements AutoCloseable {
  private final BufferAllocator allocator;
  private final MessageDigest sha256 = sha256();
  private final ZstdCompressCtx zstd;
  private final BlockBuffer scratch;

  BlockSealer(BufferAllocator allocator, int level) {
    this.allocator = allocator;
    this.scratch = new BlockBuffer(allocator);
    this.zstd = new ZstdCompressCtx().setLevel(level).setContentSize(true).setChecksum(true);
  }

  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // every Java has it
    }
  }

  /** The id of the buffer's first bytes. */
  BlockId id(BlockBuffer raw, int length) {
    sha256.update(raw.view().slice(0, length));
    return BlockId.of(sha256.digest());
  }

  /** Compresses the buffer's first bytes. The caller closes the frame. */
  Frame seal(BlockId id, BlockKind kind, int rows, BlockBuffer raw, int rawLength) {
    int bound = Math.toIntExact(Zstd.compressBound(rawLength));
    scratch.atLeast(bound);
    int length = zstd.compressDirectByteBuffer(scratch.view(), 0, bound, raw.view(), 0, rawLength);
    ByteBuffer stored = scratch.view().slice(0, length);
    CRC32C crc = new CRC32C();
    crc.update(stored.duplicate());
    // A frame waits in the queue to the volume in memory of its own size, not of the bound's.
    ArrowBuf memory = allocator.buffer(length);
    memory.setBytes(0, scratch.memory(), 0, length);
    return new Frame(id, kind, rows, rawLength, (int) crc.getValue(), memory, length);
  }

  @Override
  public void close() {
    zstd.close();
    scratch.close();
  }
}
