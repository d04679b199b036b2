package dev.godwit.vault.lock;

import dev.godwit.spi.error.ExitCode;
import dev.godwit.spi.error.GodwitException;
import dev.godwit.spi.run.Cancellation;
import dev.godwit.spi.storage.Storage;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/**
 * Says that a pruner is at work; there is one at most. Each writes its lock and looks then: of two
 * that come at once, each sees the other or is seen by it, with no conditional writes. Both may see
 * each other; then both withdraw and come again after a while of their own.
 */
public final class PrunerLock implements AutoCloseable {
  private static final int ATTEMPTS = 4;
  private static final long LEAST_NANOS = 50_000_000L;
  private static final long MOST_NANOS = 500_000_000L;

  /** Two that are away for less than they are there would see each other again and again. */
  private static final int MOST_TIMES_THERE = 3;

  private final HeldLock held;
  private final Storage storage;

  private PrunerLock(HeldLock held, Storage storage) {
    this.held = held;
    this.storage = storage;
  }

  /**
   * Takes the lock.
   *
   * @throws GodwitException {@code LOCKED} where another pruner is at work
   * @throws IOException if it cannot be written, such as on a full disk
   */
  public static PrunerLock take(
      Storage storage, Cancellation cancellation, Consumer<String> warnings) throws IOException {
    LivingLock other = null;
    long there = 0;
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      if (other != null) {
        LockSupport.parkNanos(
            ThreadLocalRandom.current().nextLong(LEAST_NANOS, longestAway(there)));
        cancellation.check();
      }
      long came = System.nanoTime();
      HeldLock held = HeldLock.take(storage, LockDocument.PRUNER, "prune", warnings);
      try {
        cancellation.check();
        Optional<LivingLock> found = other(storage, held, warnings);
        if (found.isEmpty()) {
          return new PrunerLock(held, storage);
        }
        other = found.get();
      } catch (IOException | RuntimeException e) {
        held.close();
        throw e;
      }
      held.close();
      there = System.nanoTime() - came;
    }
    throw locked(storage, other);
  }

  /** For how long one stays away that was there for so long. */
  static long longestAway(long nanosThere) {
    return MOST_NANOS + MOST_TIMES_THERE * nanosThere;
  }

  private static Optional<LivingLock> other(
      Storage storage, HeldLock mine, Consumer<String> warnings) throws IOException {
    return new Locks(storage, warnings)
        .look(storage.now()).stream()
            .filter(lock -> lock.pruner() && !lock.path().equals(mine.path()))
            .findFirst();
  }

  private static GodwitException locked(Storage storage, LivingLock other) {
    return new GodwitException(
        ExitCode.LOCKED,
        storage.display() + " is being pruned: " + other.told(),
        "wait until it has ended; a lock whose owner is gone expires after "
            + HeldLock.EXPIRY.toMinutes()
            + " minutes");
  }

  /**
   * Goes on only while nobody can have taken this pruner for dead.
   *
   * @throws GodwitException {@code LOCKED} where that may have happened
   */
  public void requireHeld() {
    if (!held.isHeld()) {
      throw new GodwitException(
          ExitCode.LOCKED,
          "the lock of this prune in " + storage.display() + " expired while it was at work",
          "run it again: it goes on where this one ended");
    }
  }

  /** Where it lies. */
  public String path() {
    return held.path();
  }

  @Override
  public void close() {
    held.close();
  }
}
