package dev.godwit.vault.snapshot;

import dev.godwit.spi.storage.Storage;
import dev.godwit.vault.file.Layout;
import dev.godwit.vault.lock.WriterLock;
import dev.godwit.vault.mark.Marked;
import dev.godwit.vault.plane.VaultFiles;
import dev.godwit.vault.storage.StorageFailure;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.function.Consumer;

/**
 * A writer's presence in the vault: its lock, and the marks that were there when it came. A prune
 * that marks files later sees the lock and waits for its end; so what was marked before must not be
 * relied on, and nothing else needs care while the lock is held.
 */
public final class Presence implements AutoCloseable {
  private final VaultFiles files;
  private final Storage storage;
  private final String what;
  private final Consumer<String> warnings;
  private WriterLock lock;
  private volatile Marked marked;

  /** Takes a lock, then reads the marks: in this order. */
  public Presence(VaultFiles files, String what, Consumer<String> warnings) {
    this.files = files;
    this.storage = files.storage();
    this.what = what;
    this.warnings = warnings;
    come();
  }

  private void come() {
    WriterLock taken = WriterLock.take(storage, what, warnings);
    try {
      marked = Marked.read(files);
    } catch (RuntimeException e) {
      taken.close();
      throw e;
    }
    lock = taken;
  }

  /** What is about to be removed. */
  public Marked marked() {
    return marked;
  }

  /** Whether a list is about to be removed, and may not be relied on. */
  public boolean goes(String list) {
    return marked.goes(list);
  }

  /** Whether a list is about to be removed, or is not there. */
  public boolean isGone(String list) {
    try {
      storage.stat(Layout.list(list));
      return marked.goes(list);
    } catch (NoSuchFileException e) {
      return true;
    } catch (IOException e) {
      throw StorageFailure.reading(storage, Layout.list(list), e);
    }
  }

  /**
   * Comes anew where the lock was lost.
   *
   * @return whether it was: then all that was relied on must be looked at again
   */
  public boolean renewIfLost() {
    if (lock.isHeld()) {
      return false;
    }
    lock.close();
    come();
    return true;
  }

  @Override
  public void close() {
    lock.close();
  }
}
