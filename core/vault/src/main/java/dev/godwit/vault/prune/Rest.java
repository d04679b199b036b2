package dev.godwit.vault.prune;

import dev.godwit.spi.storage.Storage;
import dev.godwit.vault.lock.LivingLock;
import dev.godwit.vault.lock.Locks;
import java.time.Duration;
import java.time.Instant;

/**
 * How long what is marked rests where lists lag: until every manifest that may need it is shown.
 *
 * <p>Who seals a snapshot looks at the marks right before and after its manifest, so a manifest
 * that relies on what is marked was written while the mark was not shown yet: within the lag after
 * it, and it is shown itself one lag later. A writer may stop for as long as a lock lasts between
 * its look and its manifest; so much is added.
 *
 * @param lag of the storage's lists; zero where they are never late, and nothing rests
 */
record Rest(Duration lag) {
  static Rest in(Storage storage) {
    return new Rest(storage.listLag());
  }

  boolean isNeeded() {
    return !lag.isZero();
  }

  /** All that was written before is shown by lists. */
  Instant shownBefore(Instant now) {
    return now.minus(lag);
  }

  /** From when on what was written at a moment is marked: later than one lag after it. */
  Instant markedFrom(Instant written) {
    return written.plus(lag).plusMillis(1);
  }

  /** From when on what was marked may go, if no manifest that is shown needs it. */
  Instant until(Instant marked) {
    return isNeeded() ? marked.plus(lag).plus(lag).plus(Locks.EXPIRY) : Instant.MIN;
  }

  /** Whether a writer may have begun before it could see a mark. */
  boolean mayHaveMissed(LivingLock writer, Instant marked) {
    return isNeeded() && writer.taken().isBefore(marked.plus(lag).plus(Locks.EXPIRY));
  }
}
