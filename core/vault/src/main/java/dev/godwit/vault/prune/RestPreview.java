package dev.godwit.vault.prune;

import dev.godwit.spi.error.ExitCode;
import dev.godwit.spi.error.GodwitException;
import dev.godwit.vault.PruneReport.Space;
import dev.godwit.vault.block.VolumeId;
import dev.godwit.vault.mark.MarkFile;
import dev.godwit.vault.mark.MarkFile.Going;
import dev.godwit.vault.mark.Marked;
import dev.godwit.vault.plane.VaultFiles;
import java.time.Instant;
import java.util.Optional;

/**
 * What a prune at a moment would do with files that no snapshot needs: all go at once, but where
 * lists lag only those whose marks have rested.
 */
final class RestPreview {
  private final Rest rest;
  private final Instant now;
  private final Marked rested = new Marked();
  private final Marked resting = new Marked();
  private Optional<Instant> earliest = Optional.empty();
  private Space removed = Space.NONE;
  private Space waiting = Space.NONE;
  private Optional<Instant> restsUntil = Optional.empty();
  private final Unmarked unmarked;

  /**
   * With the marks that are there.
   *
   * @param now by the storage's clock
   */
  RestPreview(VaultFiles files, Instant now) {
    this.rest = Rest.in(files.storage());
    this.now = now;
    this.unmarked = new Unmarked(rest);
    if (rest.isNeeded()) {
      MarkFile.paths(files.storage()).forEach(path -> whole(files, path).ifPresent(this::add));
    }
  }

  /** A prune makes a bent one anew. */
  private static Optional<MarkFile> whole(VaultFiles files, String path) {
    try {
      return MarkFile.read(files, path);
    } catch (GodwitException e) {
      if (e.exitCode() != ExitCode.DAMAGED) {
        throw e;
      }
      return Optional.empty();
    }
  }

  private void add(MarkFile mark) {
    Instant until = rest.until(mark.time());
    if (now.isBefore(until)) {
      resting.add(mark);
      earliest = earliest.filter(until::isAfter).or(() -> Optional.of(until));
    } else {
      rested.add(mark);
    }
  }

  /** Counts a file that no snapshot needs. */
  void count(Going file, Instant written) {
    if (!rest.isNeeded() || rested.goes(file)) {
      removed = removed.plus(file.bytes());
    } else if (resting.goes(file)) {
      waiting = waiting.plus(file.bytes());
      restsUntil = earliest;
    } else {
      unmarked.count(file, written);
    }
  }

  /** Whether a volume of which little is needed would be rewritten now. */
  boolean isReady(VolumeId volume) {
    return !rest.isNeeded() || rested.goes(volume);
  }

  Space removed() {
    return removed;
  }

  Space waiting() {
    return waiting.plus(unmarked.space());
  }

  /** From when on the first of what is marked may go. */
  Optional<Instant> restsUntil() {
    return restsUntil;
  }

  /** From when on the first of what no mark names is marked. */
  Optional<Instant> marksFrom() {
    return unmarked.marksFrom();
  }
}
