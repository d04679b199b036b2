package dev.godwit.vault.lock;

import dev.godwit.spi.storage.Storage;
import dev.godwit.spi.storage.Storage.StoredFile;
import dev.godwit.vault.file.Layout;
import dev.godwit.vault.storage.WorkFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Clears away what dead writers left below {@code work/}. Nothing of a living writer is touched; in
 * doubt it counts as living. Only files that are listed there are removed: what a lock names is
 * anybody's word, and no path.
 */
public final class Leftovers {
  private final Storage storage;
  private final Consumer<String> warnings;

  /** Those in a storage. */
  public Leftovers(Storage storage, Consumer<String> warnings) {
    this.storage = storage;
    this.warnings = warnings;
  }

  /**
   * Clears them away, the locks of the dead too, and files that are old and nobody's. What cannot
   * be removed is told, and stays.
   */
  public void clear() {
    try {
      Instant now = storage.now();
      Locks.Seen seen = new Locks(storage, warnings).removeDead(now);
      remove(seen, now);
    } catch (IOException | UncheckedIOException e) {
      tell(e);
    }
  }

  /** Clears them away for who looks at locks, and is about something else. */
  void clear(Locks.Seen seen, Instant now) {
    try {
      remove(seen, now);
    } catch (IOException | UncheckedIOException e) {
      tell(e);
    }
  }

  private void tell(Exception e) {
    warnings.accept("what earlier runs left could not be cleared away: " + e.getMessage());
  }

  private void remove(Locks.Seen seen, Instant now) throws IOException {
    Set<String> living = new HashSet<>(Set.of(WorkFolder.OF_THIS_PROCESS));
    seen.living().forEach(lock -> living.add(lock.work()));
    for (StoredFile file : files()) {
      String owner = ownerOf(file.path());
      boolean isDead = seen.deadWork().contains(owner) || WorkFolder.isOfTheDead(owner);
      if (!living.contains(owner) && (isDead || Locks.isOld(file, now.minus(storage.listLag())))) {
        storage.delete(file.path());
      }
    }
  }

  private List<StoredFile> files() throws IOException {
    try (Stream<StoredFile> files = storage.list(Layout.WORK)) {
      return files.toList();
    }
  }

  /** The folder of a file below {@code work/}, which is its owner's; empty where it is in none. */
  private static String ownerOf(String path) {
    String below = path.substring(Layout.WORK.length() + 1);
    int slash = below.indexOf('/');
    return slash < 0 ? "" : below.substring(0, slash);
  }
}
