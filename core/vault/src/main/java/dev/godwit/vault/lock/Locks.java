package dev.godwit.vault.lock;

import dev.godwit.spi.storage.Storage;
import dev.godwit.spi.storage.Storage.StoredFile;
import dev.godwit.vault.file.Json;
import dev.godwit.vault.file.Layout;
import dev.godwit.vault.file.SmallFile;
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
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * The locks of a vault. A dead one is removed before anybody acts on its death, so that an owner
 * who only slept finds it gone; and whoever removes it clears away what its owner left, since of an
 * owner on another machine nobody later knows that it is dead.
 */
public final class Locks {
  /** After so long, by the storage's clock, a lock that was not written again is dead. */
  public static final Duration EXPIRY = HeldLock.EXPIRY;

  private final Storage storage;
  private final Consumer<String> warnings;

  /** Those in a storage. */
  public Locks(Storage storage, Consumer<String> warnings) {
    this.storage = storage;
    this.warnings = warnings;
  }

  /**
   * What there was to see.
   *
   * @param living locks whose owners are at work, in doubt too
   * @param deadWork folders of unfinished files of owners that were found dead, as they said
   */
  record Seen(List<LivingLock> living, Set<String> deadWork) {}

  /** Looks at all locks, and removes those of dead owners, and their unfinished files. */
  public List<LivingLock> look(Instant now) throws IOException {
    Seen seen = removeDead(now);
    if (!seen.deadWork().isEmpty()) {
      new Leftovers(storage, warnings).clear(seen, now);
    }
    return seen.living();
  }

  /** Looks at all locks, and removes those of dead owners. */
  Seen removeDead(Instant now) throws IOException {
    List<LivingLock> living = new ArrayList<>();
    Set<String> dead = new HashSet<>();
    for (StoredFile file : files()) {
      try {
        Optional<LockDocument> lock = read(file);
        if (lock.flatMap(l -> l.process().lives()).orElseGet(() -> !isOld(file, now))) {
          living.add(living(file, lock));
        } else {
          storage.delete(file.path());
          lock.map(LockDocument::work).filter(work -> !work.isEmpty()).ifPresent(dead::add);
        }
      } catch (NoSuchFileException e) {
        // Given back meanwhile.
      }
    }
    return new Seen(living, dead);
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
      return Optional.of(lock)
          .filter(l -> l.work() != null && l.machine() != null && l.start() != null);
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
