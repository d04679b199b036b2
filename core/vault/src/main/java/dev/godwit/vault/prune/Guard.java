package dev.godwit.vault.prune;

import dev.godwit.spi.run.PluginContext;
import dev.godwit.spi.storage.Storage;
import dev.godwit.vault.file.Layout;
import dev.godwit.vault.lock.LivingLock;
import dev.godwit.vault.lock.Locks;
import dev.godwit.vault.lock.PrunerLock;
import dev.godwit.vault.storage.StorageFailure;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * Who else is at work. The pruner's own lock is part of it; on a disk that is full it may not be
 * had at first, and is tried again once something was removed.
 */
final class Guard implements AutoCloseable {
  private static final int OFTEN = 64;

  private final Storage storage;
  private final PluginContext context;
  private Optional<PrunerLock> lock = Optional.empty();
  private int asked;

  /**
   * Takes the lock, unless the disk is full.
   *
   * @throws dev.godwit.spi.error.GodwitException {@code LOCKED} where another pruner is at work
   */
  Guard(Storage storage, PluginContext context) {
    this.storage = storage;
    this.context = context;
    tryToTake();
  }

  private void tryToTake() {
    try {
      lock = Optional.of(PrunerLock.take(storage, context.cancellation(), context.warnings()));
    } catch (IOException e) {
      if (!StorageFailure.isFull(e)) {
        throw StorageFailure.writing(storage, Layout.LOCKS, e);
      }
    }
  }

  /** Takes the lock where it could not be had before. */
  void retry() {
    if (lock.isEmpty()) {
      tryToTake();
    }
  }

  /** The writers that are at work now; locks of the dead are removed. */
  List<LivingLock> writers() {
    return others().stream().filter(other -> !other.pruner()).toList();
  }

  /** All others that are at work now. */
  List<LivingLock> others() {
    try {
      return new Locks(storage, context.warnings())
          .look(StorageClock.of(storage).now()).stream()
              .filter(l -> !lock.map(mine -> mine.path().equals(l.path())).orElse(false))
              .toList();
    } catch (IOException e) {
      throw StorageFailure.reading(storage, Layout.LOCKS, e);
    }
  }

  /**
   * Asked before each file that is removed: whether the run was cancelled, and now and then whether
   * somebody may have taken this pruner for dead.
   */
  void check() {
    context.cancellation().check();
    if (asked++ % OFTEN == 0) {
      requireHeld();
    }
  }

  /** Goes on only while nobody can have taken this pruner for dead. */
  void requireHeld() {
    lock.ifPresent(PrunerLock::requireHeld);
  }

  @Override
  public void close() {
    lock.ifPresent(PrunerLock::close);
  }
}
