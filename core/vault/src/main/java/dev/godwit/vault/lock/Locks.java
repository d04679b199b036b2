package dev.godwit.vault.lock;

import dev.godwit.spi.storage.Storage;
import dev.godwit.spi.storage.Storage.StoredFile;
import dev.godwit.vault.file.Json;
import dev.godwit.vault.file.Layout;
import dev.godwit.vault.file.SmallFile;
import dev.godwit.vault.storage.WorkFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The locks of a vault. A dead one is removed before anybody acts on its death, so that an owner
 * who only slept finds it gone; and whoever removes it clears away what its owner left, since
 * nobody later knows that the owner is dead.
 */
public final class Locks {
  /** After so long, by the storage's clock, a lock that was not written again is dead. */
  public static final Duration EXPIRY = HeldLock.EXPIRY;

  private final Storage storage;

  /** Those in a storage. */
  public Locks(Storage storage) {
    this.storage = storage;
  }

  /**
   * What there was to see.
   *
   * @param living locks whose owners are at work, in doubt too
   * @param deadWork folders of unfinished files of owners that are known to be gone
   */
  public record Seen(List<LivingLock> living, Set<String> deadWork) {}

  /** Looks at all locks, and removes those of dead owners, and their unfinished files. */
  public Seen look(Instant now) throws IOException {
    List<LivingLock> living = new ArrayList<>();
    Set<String> dead = new HashSet<>();
    for (StoredFile file : files()) {
      try {
        Optional<LockDocument> lock = read(file);
        if (lock.flatMap(ThisProcess::lives).orElseGet(() -> !isOld(file, now))) {
          living.add(living(file, lock));
        } else {
          storage.delete(file.path());
          lock.ifPresent(l -> dead.add(l.work()));
        }
      } catch (NoSuchFileException e) {
        // Given back meanwhile.
      }
    }
    living.forEach(lock -> dead.remove(lock.work()));
    dead.removeAll(Set.of("", WorkFolder.OF_THIS_PROCESS));
    clear(dead);
    return new Seen(living, dead);
  }

  /**
   * What cannot be removed now is so when it is old ({@link Leftovers}). Only files that are listed
   * there are removed: what a lock names is anybody's word, and no path.
   */
  private void clear(Set<String> dead) {
    if (dead.isEmpty()) {
      return;
    }
    try (Stream<StoredFile> files = storage.list(Layout.WORK)) {
      for (StoredFile file : files.toList()) {
        if (dead.contains(Leftovers.ownerOf(file.path()))) {
          storage.delete(file.path());
        }
      }
    } catch (IOException | UncheckedIOException e) {
      // Who looks at locks is about something else.
    }
  }

  private List<StoredFile> files() throws IOException {
    try (Stream<StoredFile> files = storage.list(Layout.LOCKS)) {
      return files.toList();
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private Optional<LockDocument> read(StoredFile file) throws IOException {
    byte[] bytes = SmallFile.read(storage, file.path());
    try {
      LockDocument lock = Json.LINE.readValue(bytes, LockDocument.class);
      return Optional.of(lock).filter(l -> l.work() != null && l.machine() != null);
    } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
      return Optional.empty(); // whose it is nobody knows: it lives until it is old
    }
  }

  private static LivingLock living(StoredFile file, Optional<LockDocument> lock) {
    return new LivingLock(
        file.path(),
        lock.map(l -> LockDocument.PRUNER.equals(l.kind())).orElse(false),
        lock.map(LockDocument::what).orElse(""),
        lock.map(LockDocument::host).orElse(""),
        lock.map(LockDocument::user).orElse(""),
        lock.map(Locks::taken).orElse(Instant.EPOCH),
        file.modified(),
        lock.map(LockDocument::work).orElse(""));
  }

  private static Instant taken(LockDocument lock) {
    try {
      return lock.taken() == null ? Instant.EPOCH : Instant.parse(lock.taken());
    } catch (DateTimeParseException e) {
      return Instant.EPOCH;
    }
  }

  /** A file from the future, after the clock was set back, is not old. */
  static boolean isOld(StoredFile file, Instant now) {
    return file.modified().plus(HeldLock.EXPIRY).isBefore(now);
  }
}
