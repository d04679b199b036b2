package dev.godwit.vault.block;

import dev.godwit.spi.record.RecordBatch;
import java.io.IOException;
import java.io.InputStream;
import org.apache.arrow.memory.BufferAllocator;

/**
 * Turns batches and large values into blocks, one at a time: encode, look at the id, and seal the
 * block unless the vault has it. Keeps its buffers and its compressor. Used by one thread at a
 * time.
 */
public final class BlockEncoder implements AutoCloseable {
  private final BlockBuffer raw;
  private final BatchEncoder batches;
  private final PieceEncoder pieces = new PieceEncoder();
  private final BlockSealer sealer;
  private Encoded current;

  /**
   * What was encoded last.
   *
   * @param id of the block
   * @param kind of the block
   * @param rows that it holds
   * @param rawLength of its bytes
   * @param valueLength of a piece: the bytes of the value that it holds; else 0
   */
  public record Encoded(BlockId id, BlockKind kind, int rows, int rawLength, int valueLength) {}

  /** An encoder that compresses at a zstd level. */
  public BlockEncoder(BufferAllocator allocator, int level, BlockSeal seal) {
    this.raw = new BlockBuffer(allocator);
    this.batches = new BatchEncoder(allocator);
    this.sealer = new BlockSealer(allocator, level, seal);
  }

  /** Encodes a batch. */
  public Encoded encode(RecordBatch batch) {
    int length = batches.encode(batch, raw);
    current = new Encoded(sealer.id(raw, length), BlockKind.BATCH, batch.rowCount(), length, 0);
    return current;
  }

  /** Encodes the next piece of a large value; a piece that is not full is the last. */
  public Encoded encodePiece(InputStream value) throws IOException {
    int held = pieces.encode(value, raw);
    int length = PieceEncoder.encodedLength(held);
    current = new Encoded(sealer.id(raw, length), BlockKind.PIECE, 0, length, held);
    return current;
  }

  /** Makes what was encoded last a frame, which the caller closes. */
  public Frame seal() {
    return sealer.seal(current.id(), current.kind(), current.rows(), raw, current.rawLength());
  }

  @Override
  public void close() {
    sealer.close();
    raw.close();
  }
}
