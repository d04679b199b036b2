package dev.godwit.vault.lock;

import dev.godwit.spi.storage.Storage;
import dev.godwit.spi.storage.Storage.StoredFile;
import dev.godwit.vault.file.Json;
import dev.godwit.vault.file.Layout;
import dev.godwit.vault.file.SmallFile;
import dev.godwit.vault.storage.StorageFailure;
import dev.godwit.vault.storage.WorkFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.NoSuchFileException;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
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
      Set<String> living = new HashSet<>(Set.of(WorkFolder.OF_THIS_PROCESS));
      Set<String> dead = new HashSet<>();
      for (StoredFile file : files(Layout.LOCKS)) {
        Optional<LockDocument> lock = read(file);
        if (lock.map(l -> lives(l, file, now)).orElse(!isOld(file, now))) {
          lock.ifPresent(l -> living.add(l.work()));
        } else {
          storage.delete(file.path());
          lock.ifPresent(l -> dead.add(l.work()));
        }
      }
      dead.removeAll(living);
      for (StoredFile file : files(Layout.WORK)) {
        String owner = ownerOf(file.path());
        if (dead.contains(owner) || (!living.contains(owner) && isOld(file, now))) {
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

  private Optional<LockDocument> read(StoredFile file) {
    try {
      byte[] bytes = SmallFile.read(storage, file.path());
      LockDocument lock = Json.LINE.readValue(bytes, LockDocument.class);
      return Optional.of(lock).filter(l -> l.work() != null && l.machine() != null);
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      warnings.accept(StorageFailure.reading(storage, file.path(), e).getMessage());
      return Optional.empty();
    }
  }

  private static boolean lives(LockDocument lock, StoredFile file, Instant now) {
    return ThisProcess.lives(lock).orElseGet(() -> !isOld(file, now));
  }

  /** A file from the future, after the clock was set back, is not old. */
  private static boolean isOld(StoredFile file, Instant now) {
    return file.modified().plus(WriterLock.EXPIRY).isBefore(now);
  }

  private static String ownerOf(String path) {
    String below = path.substring(Layout.WORK.length() + 1);
    int slash = below.indexOf('/');
    return slash < 0 ? "" : below.substring(0, slash);
  }
}
