package dev.godwit.vault.prune;

import dev.godwit.spi.storage.Storage;
import dev.godwit.vault.PruneReport.Space;
import dev.godwit.vault.block.VolumeId;
import dev.godwit.vault.file.Layout;
import dev.godwit.vault.lock.LivingLock;
import dev.godwit.vault.mark.MarkFile;
import dev.godwit.vault.mark.MarkFile.Going;
import dev.godwit.vault.plane.VaultFiles;
import dev.godwit.vault.storage.Groups;
import dev.godwit.vault.storage.SeveralAtOnce;
import dev.godwit.vault.storage.StorageFailure;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The second phase: removes what marks name, once no writer is left that was there before them. */
final class Sweep {
  private final VaultFiles files;
  private final Storage storage;
  private final VolumeFiles volumes;
  private final LiveSnapshots live;
  private final Guard guard;
  private final Removal removal;
  private final Rest rest;
  private final Set<VolumeId> rested = new HashSet<>();
  private final List<String> swept = new ArrayList<>();
  private final Set<String> waitsFor = new LinkedHashSet<>();
  private Space waiting = Space.NONE;
  private Optional<Instant> restsUntil = Optional.empty();

  Sweep(VaultFiles files, VolumeFiles volumes, LiveSnapshots live, Guard guard, Removal removal) {
    this.files = files;
    this.storage = files.storage();
    this.volumes = volumes;
    this.live = live;
    this.guard = guard;
    this.removal = removal;
    this.rest = Rest.in(storage);
  }

  /** Sweeps what these marks name, or says for whom it waits. */
  void sweep(List<String> marks) {
    // In this order: a writer that has ended by the first look has its manifest there by the
    // second.
    List<LivingLock> writers = guard.writers();
    live.lookAgain();
    Instant now = StorageClock.of(storage).now();
    for (String path : marks) {
      MarkFile.read(files, path).ifPresent(mark -> sweep(mark, writers, now));
    }
  }

  private void sweep(MarkFile mark, List<LivingLock> writers, Instant now) {
    Optional<List<String>> told = mark.waitsFor(files);
    List<LivingLock> awaited =
        writers.stream()
            .filter(
                writer ->
                    told.map(t -> t.contains(writer.path())).orElse(true)
                        || rest.mayHaveMissed(writer, mark.time()))
            .toList();
    boolean rests = now.isBefore(rest.until(mark.time()));
    if (rests || !awaited.isEmpty()) {
      if (told.isEmpty()) {
        tell(mark, awaited);
      }
      if (rests) {
        Instant until = rest.until(mark.time());
        restsUntil = restsUntil.filter(until::isBefore).or(() -> Optional.of(until));
      }
      awaited.forEach(writer -> waitsFor.add(writer.told()));
      live.blocks().count();
      for (List<Going> some : Groups.of(mark.files())) {
        SeveralAtOnce.of(
                storage, some, file -> isThereAndDead(file, mark.time()) ? file.bytes() : -1L)
            .stream()
            .filter(bytes -> bytes >= 0)
            .forEach(bytes -> waiting = waiting.plus(bytes));
      }
      return;
    }
    live.blocks().count();
    for (List<Going> some : Groups.of(mark.files())) {
      some.forEach(file -> guard.check());
      var unused =
          SeveralAtOnce.of(
              storage,
              some,
              file -> {
                removeIfDead(file, mark.time());
                return file;
              });
    }
    guard.requireHeld();
    if (rest.isNeeded()) {
      mark.files().stream()
          .flatMap(file -> Layout.volumeAt(file.path()).stream())
          .forEach(rested::add);
      swept.add(mark.path());
    } else {
      forget(mark.path());
    }
  }

  /** Where lists lag: volumes whose marks have rested, needed ones too. */
  Set<VolumeId> rested() {
    return rested;
  }

  /** Removes the marks that were swept, those too that had to stay while volumes are rewritten. */
  void forgetSwept() {
    swept.forEach(this::forget);
  }

  /** So that those who come later are not waited for. */
  private void tell(MarkFile mark, List<LivingLock> awaited) {
    try {
      mark.waitFor(files, awaited.stream().map(LivingLock::path).collect(Collectors.toList()));
    } catch (IOException e) {
      if (!StorageFailure.isFull(e)) {
        throw StorageFailure.writing(storage, mark.path(), e);
      }
    }
  }

  private void forget(String mark) {
    try {
      MarkFile.remove(storage, mark);
    } catch (IOException e) {
      throw StorageFailure.writing(storage, mark, e);
    }
  }

  /** Removes a file if no snapshot needs it. */
  void removeIfDead(Going file) {
    removeIfDead(file, Instant.MAX);
  }

  private void removeIfDead(Going file, Instant marked) {
    if (isThereAndDead(file, marked)) {
      boolean unused = removal.remove(file.path(), file.bytes()); // counted there
    }
  }

  /**
   * A list has the name of its content, so one that was written after the mark is another, which
   * the mark did not mean.
   */
  private boolean isThereAndDead(Going file, Instant marked) {
    Optional<VolumeId> volume = Layout.volumeAt(file.path());
    if (volume.isPresent()) {
      int number = volumes.number(volume.get());
      return number >= 0
          && live.blocks().blocks(number) == 0
          && (!rest.isNeeded() || isOlder(file.path(), Instant.MAX));
    }
    Optional<String> list = Layout.listAt(file.path());
    if (list.isPresent()) {
      return !live.blocks().needsList(list.get()) && isOlder(file.path(), marked);
    }
    return Layout.movedAt(file.path())
        .map(v -> !live.blocks().needsTable(v) && isOlder(file.path(), Instant.MAX))
        .orElse(false);
  }

  /** Whether it is there, and was not written later than in the millisecond of a mark. */
  private boolean isOlder(String path, Instant marked) {
    try {
      Instant written = storage.stat(path).modified();
      return marked.equals(Instant.MAX) || written.isBefore(marked.plusMillis(1));
    } catch (NoSuchFileException e) {
      return false;
    } catch (IOException e) {
      throw StorageFailure.reading(storage, path, e);
    }
  }

  /** What is marked and goes later. */
  Space waiting() {
    return waiting;
  }

  /** From when on the first of what rests may go; empty where nothing does. */
  Optional<Instant> restsUntil() {
    return restsUntil;
  }

  /** Who is waited for, for people. */
  List<String> waitsFor() {
    return List.copyOf(waitsFor);
  }
}
