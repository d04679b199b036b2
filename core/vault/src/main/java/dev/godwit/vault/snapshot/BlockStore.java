package dev.godwit.vault.snapshot;

import dev.godwit.spi.record.LargeValue;
import dev.godwit.spi.record.RecordBatch;
import dev.godwit.spi.run.PluginContext;
import dev.godwit.vault.StoredBlocks;
import dev.godwit.vault.block.BlockEncoder;
import dev.godwit.vault.block.BlockRef;
import dev.godwit.vault.block.VolumeId;
import dev.godwit.vault.frame.Frames;
import dev.godwit.vault.index.KnownBlocks;
import dev.godwit.vault.mark.Marked;
import dev.godwit.vault.plane.VaultRun;
import dev.godwit.vault.volume.SealedVolume;
import dev.godwit.vault.volume.VolumeLimits;
import dev.godwit.vault.volume.VolumePipeline;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Stores blocks for all workers of a run: serialises, hashes, looks whether the vault has it, else
 * compresses it in the worker's own thread and hands it to the volumes. Safe for use by many
 * threads; there are as many encoders as threads are in here at a time, and they are used again.
 */
final class BlockStore implements AutoCloseable {
  /** Fast, and on the data that was measured within a few per cent of level 3's size. */
  private static final int LEVEL = 1;

  private final PluginContext context;
  private final KnownBlocks known;
  private final VaultRun run;
  private final VolumeLimits limits;
  private volatile VolumePipeline volumes;
  private final AtomicLong newBytes = new AtomicLong();
  private final AtomicLong newBlocks = new AtomicLong();
  private final ConcurrentLinkedDeque<BlockEncoder> idle = new ConcurrentLinkedDeque<>();

  /**
   * What became of a block.
   *
   * @param ref where it lies
   * @param added bytes that the vault grew by; 0 where it had the block
   * @param reused whether an earlier run had stored it
   */
  record Stored(BlockRef ref, long added, boolean reused) {}

  BlockStore(VaultRun run, KnownBlocks known, VolumeLimits limits, PluginContext context) {
    this.context = context;
    this.known = known;
    this.run = run;
    this.limits = limits;
    this.volumes = begin();
  }

  private VolumePipeline begin() {
    return new VolumePipeline(run, limits, context.cancellation(), this::sealed);
  }

  private void sealed(SealedVolume volume) {
    newBytes.addAndGet(volume.size());
    newBlocks.addAndGet(volume.blocks().size());
    known.sealed(volume);
  }

  /** Stores a batch. */
  Stored store(RecordBatch batch) {
    context.cancellation().check();
    BlockEncoder encoder = borrow();
    try {
      return store(encoder, encoder.encode(batch));
    } finally {
      idle.push(encoder);
    }
  }

  /** Hears of each piece of a large value. */
  interface Pieces {
    void piece(Stored stored, boolean last);
  }

  /**
   * Stores a large value.
   *
   * @return its length
   */
  long store(LargeValue value, Pieces pieces) {
    BlockEncoder encoder = borrow();
    try {
      InputStream bytes = value.bytes();
      long length = 0;
      Stored waiting = null; // only the next piece shows whether this one was the last
      while (true) {
        context.cancellation().check();
        BlockEncoder.Encoded piece = encoder.encodePiece(bytes);
        if (piece.valueLength() > 0 || waiting == null) {
          if (waiting != null) {
            pieces.piece(waiting, false);
          }
          waiting = store(encoder, piece);
          length += piece.valueLength();
        }
        if (piece.valueLength() < LargeValue.PIECE) {
          pieces.piece(waiting, true);
          return length;
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("a large value could not be read to its end", e);
    } finally {
      idle.push(encoder);
    }
  }

  private BlockEncoder borrow() {
    BlockEncoder encoder = idle.poll();
    return encoder == null
        ? new BlockEncoder(context.allocator(), LEVEL, Frames.sealing(run))
        : encoder;
  }

  private Stored store(BlockEncoder encoder, BlockEncoder.Encoded block) {
    Optional<BlockRef> there = known.find(block.id());
    if (there.isPresent()) {
      BlockRef held = there.get().holding(block.rawLength(), block.rows());
      return new Stored(held, 0, !known.isOwn(there.get()));
    }
    BlockRef ref = volumes.append(encoder.seal());
    known.stored(ref);
    return new Stored(ref, ref.length(), false);
  }

  /**
   * Waits until every volume lies in the vault, and every block of them in the index. Not called
   * while blocks are stored; more may be stored after this.
   *
   * @return the volumes that blocks were stored or found in and that vanished since
   */
  Set<VolumeId> settle() {
    volumes.finish();
    volumes = begin();
    known.flush();
    return known.vanished();
  }

  /** What is about to be pruned counts as gone, as {@link KnownBlocks#heed}. */
  void heed(Marked marks) {
    known.heed(marks);
  }

  /** What is about to be pruned counts as gone, as {@link KnownBlocks#heedAll}. */
  void heedAll(Marked marks) {
    known.heedAll(marks);
  }

  /** What lies in volumes that this run has sealed so far; nothing is said of what is reused. */
  StoredBlocks stored() {
    return new StoredBlocks(newBlocks.get(), newBytes.get(), 0, 0);
  }

  @Override
  public void close() {
    volumes.close();
    for (BlockEncoder encoder; (encoder = idle.poll()) != null; ) {
      encoder.close();
    }
  }
}
