package dev.godwit.vault.lock;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * A lock whose owner is at work, as far as can be known.
 *
 * @param path of the lock file
 * @param pruner whether a pruner holds it; else a writer does, or nobody can tell
 * @param what is being done; empty where it cannot be read
 * @param host where; empty where it cannot be read
 * @param user by whom; empty where it cannot be read
 * @param taken when, by the storage's clock; the far past where it cannot be read
 * @param refreshed when it was written last, by the storage's clock
 * @param work the owner's folder of unfinished files; empty where it cannot be read
 */
public record LivingLock(
    String path,
    boolean pruner,
    String what,
    String host,
    String user,
    Instant taken,
    Instant refreshed,
    String work) {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT)
          .withZone(ZoneId.systemDefault());

  /** For people: what, by whom, where, since when by the clock on the wall here. */
  public String told() {
    if (host.isEmpty() && what.isEmpty()) {
      return path + ", which cannot be read";
    }
    String since = taken.equals(Instant.EPOCH) ? "" : " since " + TIME.format(taken);
    return what + " by " + user + " on " + host + since;
  }
}
