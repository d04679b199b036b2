package dev.godwit.vault.carry;

import dev.godwit.spi.run.PluginContext;
import dev.godwit.vault.block.BlockId;
import dev.godwit.vault.block.BlockRef;
import dev.godwit.vault.block.Frame;
import dev.godwit.vault.block.VolumeId;
import dev.godwit.vault.index.KnownBlocks;
import dev.godwit.vault.plane.VaultRun;
import dev.godwit.vault.volume.SealedVolume;
import dev.godwit.vault.volume.VolumeLimits;
import dev.godwit.vault.volume.VolumePipeline;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * Moves the frames that the target has not: they are read ahead by several threads, and appended in
 * order. Used by one thread.
 */
final class CarriedFrames implements BlockMover, AutoCloseable {
  private final StoredFrames source;
  private final FrameRoute route;
  private final VaultRun target;
  private final VolumeLimits limits;
  private final KnownBlocks known;
  private final PluginContext context;
  private final Consumer<Long> progress;
  private final Executor readers;
  private final Map<BlockId, Reading> underWay = new HashMap<>();
  private final AtomicLong newBytes = new AtomicLong();
  private VolumePipeline volumes;

  /**
   * Begins; the threads are the caller's.
   *
   * @param progress told the uncompressed bytes of each block that was moved or found
   */
  CarriedFrames(
      StoredFrames source,
      Executor readers,
      FrameRoute route,
      VaultRun target,
      VolumeLimits limits,
      KnownBlocks known,
      PluginContext context,
      Consumer<Long> progress) {
    this.source = source;
    this.readers = readers;
    this.route = route;
    this.target = target;
    this.limits = limits;
    this.known = known;
    this.context = context;
    this.progress = progress;
  }

  /** Its threads are there while something is written. */
  private VolumePipeline volumes() {
    if (volumes == null) {
      volumes = new VolumePipeline(target, limits, context.cancellation(), this::sealed);
    }
    return volumes;
  }

  private void sealed(SealedVolume volume) {
    newBytes.addAndGet(volume.size());
    known.sealed(volume);
  }

  @Override
  public Moving move(BlockRef block) {
    Optional<FrameRoute.Named> named = route.nameThere(block);
    if (named.isPresent()) {
      BlockId id = named.get().id();
      Reading same = underWay.get(id);
      if (same != null) {
        return new Same(same);
      }
      Optional<BlockRef> there = known.find(id);
      if (there.isPresent()) {
        progress.accept((long) named.get().rawLength());
        return Moving.at(there.get());
      }
    }
    Reading reading = new Reading(block, named.map(FrameRoute.Named::id));
    reading.id.ifPresent(id -> underWay.put(id, reading));
    return reading;
  }

  /** A block that another one, ahead of it, brings. */
  private record Same(Reading first) implements Moving {
    @Override
    public BlockRef place() {
      return first.place();
    }

    @Override
    public long bytes() {
      return 0;
    }

    @Override
    public void close() {}
  }

  /** A block that is being read. */
  private final class Reading implements Moving {
    private final BlockRef block;
    private final Optional<BlockId> id;
    private final CompletableFuture<Frame> frame;
    private BlockRef place;
    private boolean taken;

    Reading(BlockRef block, Optional<BlockId> id) {
      this.block = block;
      this.id = id;
      this.frame =
          CompletableFuture.supplyAsync(() -> route.carry(block, source.read(block)), readers);
    }

    @Override
    public BlockRef place() {
      if (place == null) {
        Frame brought = taken();
        progress.accept((long) brought.rawLength());
        place = settle(brought);
        id.ifPresent(underWay::remove);
      }
      return place;
    }

    private BlockRef settle(Frame brought) {
      Optional<BlockRef> there = found(brought);
      if (there.isPresent()) {
        brought.close();
        return there.get();
      }
      BlockRef stored = volumes().append(brought);
      known.stored(stored);
      return stored;
    }

    /** What could not be named beforehand is looked for only now. */
    private Optional<BlockRef> found(Frame brought) {
      try {
        return id.isPresent() ? Optional.empty() : known.find(brought.id());
      } catch (RuntimeException | Error e) {
        brought.close();
        throw e;
      }
    }

    private Frame taken() {
      taken = true;
      try {
        return frame.join();
      } catch (CompletionException e) {
        id.ifPresent(underWay::remove);
        if (e.getCause() instanceof RuntimeException failure) {
          throw failure;
        }
        throw new IllegalStateException(e.getCause());
      }
    }

    @Override
    public long bytes() {
      return block.length();
    }

    @Override
    public void close() {
      if (taken) {
        return;
      }
      taken = true;
      id.ifPresent(underWay::remove);
      try {
        frame.join().close();
      } catch (CompletionException e) {
        // Nobody wanted this frame any more.
      }
    }
  }

  /**
   * Waits until every volume lies in the target, and every block of them in its index.
   *
   * @return the volumes of the target that blocks were stored or found in and that vanished since;
   *     blocks may be moved again after this
   */
  Set<VolumeId> settle() {
    if (volumes != null) {
      volumes.finish();
      volumes = null;
    }
    return known.vanished();
  }

  /** What the target's volumes grew by so far. */
  long newBytes() {
    return newBytes.get();
  }

  @Override
  public void close() {
    if (volumes != null) {
      volumes.close();
    }
    route.close();
  }
}
