package dev.godwit.vault.block;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdCompressCtx;
import java.nio.ByteBuffer;
import java.util.zip.CRC32C;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.BufferAllocator;

/** Gives bytes their id and makes them a frame. Used by one thread at a time. */
final class BlockSealer implements AutoCloseable {
  private final BufferAllocator allocator;
  private final BlockSeal seal;
  private final ZstdCompressCtx zstd;
  private final BlockBuffer scratch;

  BlockSealer(BufferAllocator allocator, int level, BlockSeal seal) {
    ZstdLibrary.require();
    this.seal = seal;
    this.allocator = allocator;
    this.scratch = new BlockBuffer(allocator);
    this.zstd = new ZstdCompressCtx().setLevel(level).setContentSize(true).setChecksum(true);
  }

  /** The id of the buffer's first bytes. */
  BlockId id(BlockBuffer raw, int length) {
    return seal.ids().of(raw.view().slice(0, length));
  }

  /** Compresses the buffer's first bytes. The caller closes the frame. */
  Frame seal(BlockId id, BlockKind kind, int rows, BlockBuffer raw, int rawLength) {
    int bound = Math.toIntExact(Zstd.compressBound(rawLength));
    scratch.atLeast(bound);
    int packed = zstd.compressDirectByteBuffer(scratch.view(), 0, bound, raw.view(), 0, rawLength);
    int length = packed + seal.overhead();
    // A frame waits in the queue to the volume in memory of its own size, not of the bound's.
    ArrowBuf memory = allocator.buffer(length);
    ByteBuffer stored = memory.nioBuffer(0, length);
    seal.seal(id, scratch.view().slice(0, packed), stored.duplicate());
    CRC32C crc = new CRC32C();
    crc.update(stored);
    return new Frame(id, kind, rows, rawLength, (int) crc.getValue(), memory, length);
  }

  @Override
  public void close() {
    zstd.close();
    scratch.close();
  }
}
