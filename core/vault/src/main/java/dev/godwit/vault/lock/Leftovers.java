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
 * Clears away what dead writers left: their locks, and their files below {@code work/}. Nothing of
 * a living writer is touched; in doubt it counts as living.
 */
public final class Leftovers {
  private final Storage storage;
  private final Consumer<String> warnings;

  /** Those in a storage. */
  public Leftovers(Storage storage, Consumer<String> warnings) {
    this.storage = storage;
    this.warnings = warnings;
  }

  /** Clears them away. What cannot be removed is told, and stays. */
  public void clear() {
    try {
      Instant now = storage.now();
      Locks.Seen locks = new Locks(storage).look(now);
      Set<String> living = new HashSet<>(Set.of(WorkFolder.OF_THIS_PROCESS));
      locks.living().forEach(lock -> living.add(lock.work()));
      for (StoredFile file : files(Layout.WORK)) {
        String owner = ownerOf(file.path());
        boolean isDead = locks.deadWork().contains(owner);
        if (!living.contains(owner)
            && (isDead || Locks.isOld(file, now.minus(storage.listLag())))) {
          storage.delete(file.path());
        }
      }
    } catch (IOException | UncheckedIOException e) {
      warnings.accept("what earlier runs left could not be cleared away: " + e.getMessage());
    }
  }

  private List<StoredFile> files(String folder) throws IOException {
    try (Stream<StoredFile> files = storage.list(folder)) {
      return files.toList();
    }
  }

  /** The folder of a file below {@code work/}, which is its owner's; empty where it is in none. */
  static String ownerOf(String path) {
    String below = path.substring(Layout.WORK.length() + 1);
    int slash = below.indexOf('/');
    return slash < 0 ? "" : below.substring(0, slash);
  }
}
