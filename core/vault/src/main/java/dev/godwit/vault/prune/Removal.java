package dev.godwit.vault.prune;

import dev.godwit.spi.storage.RetainedException;
import dev.godwit.spi.storage.Storage;
import dev.godwit.vault.PruneReport.Retained;
import dev.godwit.vault.PruneReport.Space;
import dev.godwit.vault.storage.StorageFailure;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Removes files and counts: what was given back, and what may not be removed. Any threads. */
final class Removal {
  private final Storage storage;
  private final Map<String, Retained> retained = new TreeMap<>();
  private Space removed = Space.NONE;

  Removal(Storage storage) {
    this.storage = storage;
  }

  /**
   * Removes a file.
   *
   * @return whether it is gone; else it is retained, which is counted
   */
  boolean remove(String path, long bytes) {
    try {
      storage.delete(path);
      gone(bytes);
      return true;
    } catch (RetainedException e) {
      String kind = path.substring(0, path.indexOf('/'));
      stays(new Retained(kind, 1, bytes, e.until()));
      return false;
    } catch (IOException e) {
      throw StorageFailure.writing(storage, path, e);
    }
  }

  private synchronized void gone(long bytes) {
    removed = removed.plus(bytes);
  }

  private synchronized void stays(Retained file) {
    retained.merge(file.kind(), file, Removal::both);
  }

  private static Retained both(Retained one, Retained other) {
    Optional<Instant> until =
        one.until().isEmpty() || other.until().isEmpty()
            ? Optional.empty()
            : Optional.of(
                one.until().get().isAfter(other.until().get())
                    ? one.until().get()
                    : other.until().get());
    return new Retained(
        one.kind(), one.files() + other.files(), one.bytes() + other.bytes(), until);
  }

  /** What was given back so far. */
  synchronized Space removed() {
    return removed;
  }

  /** What may not be removed, by kind. */
  synchronized List<Retained> retained() {
    return List.copyOf(retained.values());
  }
}
