package dev.godwit.vault.prune;

import dev.godwit.vault.PruneReport.Space;
import dev.godwit.vault.mark.MarkFile.Going;
import java.time.Instant;
import java.util.Optional;

/**
 * Where lists lag: files that no snapshot needs and no mark names. One that was written lately is
 * not marked, for who needs it may not be shown yet.
 */
final class Unmarked {
  private final Rest rest;
  private Space space = Space.NONE;
  private Optional<Instant> first = Optional.empty();

  Unmarked(Rest rest) {
    this.rest = rest;
  }

  void count(Going file, Instant written) {
    space = space.plus(file.bytes());
    first = first.filter(written::isAfter).or(() -> Optional.of(written));
  }

  Space space() {
    return space;
  }

  /** From when on the first of them is marked, by when it was written: the same in every run. */
  Optional<Instant> marksFrom() {
    return first.map(rest::markedFrom);
  }
}
