package dev.godwit.vault.volume;

import dev.godwit.spi.storage.Storage;
import dev.godwit.vault.storage.StorageFailure;
import java.io.IOException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Syncs volumes that are full and makes them appear, on a thread of its own, while the next one is
 * written. At most two wait or are under way.
 */
final class VolumeSealer implements AutoCloseable {
  private static final int UNSEALED = 2;

  private final Storage storage;
  private final Consumer<SealedVolume> sealed;
  private final Consumer<RuntimeException> failed;
  private final Semaphore room = new Semaphore(UNSEALED);
  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(
          task -> {
            Thread made = new Thread(task, "godwit-volume-seal");
            made.setDaemon(true);
            return made;
          });

  /**
   * Starts the thread.
   *
   * @param sealed hears of each volume that lies in the vault, on this thread
   * @param failed hears of what went wrong instead
   */
  VolumeSealer(Storage storage, Consumer<SealedVolume> sealed, Consumer<RuntimeException> failed) {
    this.storage = storage;
    this.sealed = sealed;
    this.failed = failed;
  }

  /** Takes a volume that was ended; waits while two are unsealed. */
  void seal(OpenVolume ended) {
    room.acquireUninterruptibly();
    thread.execute(
        () -> {
          try (OpenVolume volume = ended) {
            sealed.accept(volume.seal());
          } catch (IOException e) {
            failed.accept(StorageFailure.writing(storage, ended.path(), e));
          } catch (RuntimeException e) {
            failed.accept(e);
          } catch (Error e) {
            failed.accept(new IllegalStateException(e));
          } finally {
            room.release();
          }
        });
  }

  /** Waits until all that was taken is sealed or has failed. */
  @Override
  public void close() {
    thread.shutdown();
    boolean interrupted = false;
    boolean ended = false;
    while (!ended) {
      try {
        ended = thread.awaitTermination(1, TimeUnit.MINUTES);
      } catch (InterruptedException e) {
        interrupted = true; // what is being synced cannot be left halfway
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
