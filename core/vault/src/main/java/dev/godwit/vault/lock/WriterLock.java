package dev.godwit.vault.lock;

import dev.godwit.spi.storage.Storage;
import dev.godwit.vault.file.Layout;
import dev.godwit.vault.storage.StorageFailure;
import java.io.IOException;
import java.util.List;
import java.util.function.Consumer;

/**
 * Says that a writer is at work in the vault. Shared: any number of writers may hold one each, and
 * nobody waits for one but who would remove files.
 */
public final class WriterLock implements AutoCloseable {
  private final HeldLock held;
  private final Consumer<String> warnings;

  private WriterLock(HeldLock held, Consumer<String> warnings) {
    this.held = held;
    this.warnings = warnings;
  }

  /**
   * Takes a lock.
   *
   * @param what is being done, for people
   */
  public static WriterLock take(Storage storage, String what, Consumer<String> warnings) {
    try {
      return new WriterLock(HeldLock.take(storage, LockDocument.WRITER, what, warnings), warnings);
    } catch (IOException e) {
      throw StorageFailure.writing(storage, Layout.LOCKS, e);
    }
  }

  /**
   * Whether it was there all the time. A writer that slept for longer than a lock lasts finds it
   * gone: what it relied on may be gone too.
   */
  public boolean isHeld() {
    return held.isHeld();
  }

  /** The others that are at work, pruners too; locks of the dead are removed. */
  public List<LivingLock> others(Storage storage) throws IOException {
    return new Locks(storage, warnings)
        .look(storage.now()).stream().filter(lock -> !lock.path().equals(held.path())).toList();
  }

  @Override
  public void close() {
    held.close();
  }
}
