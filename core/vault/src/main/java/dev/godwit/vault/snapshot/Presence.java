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

  /** What happened since the last look. But for nothing, all that was relied on is looked at. */
  public enum Since {
    /** Nothing that matters. */
    NOTHING,
    /** The lock was lost, and is there anew. */
    SLEPT,
    /** A list shows a mark that it did not show before, though it may have been there. */
    MARKED
  }

  /**
   * Comes anew where the lock was lost. Where lists lag, no prune may have seen the lock when it
   * made a mark that is shown only now: so the marks are read anew.
   */
  public Since lookAgain() {
    if (!lock.isHeld()) {
      lock.close();
      come();
      return Since.SLEPT;
    }
    if (storage.listLag().isZero()) {
      return Since.NOTHING;
    }
    Marked before = marked;
    marked = Marked.read(files);
    return marked.isWithin(before) ? Since.NOTHING : Since.MARKED;
  }

  @Override
  public void close() {
    lock.close();
  }
}
