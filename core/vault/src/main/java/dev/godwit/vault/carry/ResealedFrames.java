package dev.godwit.vault.carry;

import dev.godwit.vault.block.BlockRef;
import dev.godwit.vault.block.DamagedBlockException;
import dev.godwit.vault.block.Frame;
import dev.godwit.vault.file.Layout;
import dev.godwit.vault.plane.VaultFiles;
import dev.godwit.vault.plane.VaultRun;
import dev.godwit.vault.storage.StorageFailure;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.function.Supplier;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.BufferAllocator;

/**
 * From or into an encrypted vault: each frame is opened and sealed anew by the thread that brings
 * it.
 */
final class ResealedFrames implements FrameRoute {
  private final VaultFiles from;
  private final Supplier<FrameResealer> newResealer;
  private final ConcurrentLinkedDeque<FrameResealer> idle = new ConcurrentLinkedDeque<>();
  private final CarriedNames names;

  ResealedFrames(VaultFiles from, VaultRun to, CarriedNames names, BufferAllocator allocator) {
    this.from = from;
    this.names = names;
    this.newResealer = () -> new FrameResealer(from, to, allocator);
    idle.push(newResealer.get()); // who may not read is told before anything is written
  }

  @Override
  public Optional<Named> nameThere(BlockRef block) {
    return names.find(this, block.id());
  }

  @Override
  public Frame carry(BlockRef block, ArrowBuf stored) {
    try (stored) {
      FrameResealer resealer = Optional.ofNullable(idle.poll()).orElseGet(newResealer);
      try {
        Frame frame = resealer.reseal(block, stored);
        names.put(this, block.id(), new Named(frame.id(), frame.rawLength()));
        return frame;
      } finally {
        idle.push(resealer);
      }
    } catch (DamagedBlockException e) {
      throw StorageFailure.damaged(
          from.storage(),
          Layout.volume(block.volume()),
          "is damaged: the block at " + block.offset() + ' ' + e.getMessage(),
          e);
    }
  }

  @Override
  public void close() {
    for (FrameResealer resealer; (resealer = idle.poll()) != null; ) {
      resealer.close();
    }
  }
}
