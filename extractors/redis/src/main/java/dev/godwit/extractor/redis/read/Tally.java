package dev.godwit.extractor.redis.read;

import dev.godwit.extractor.redis.value.Records;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/** Counts keys that are there in a way and are not read. Used by any thread. */
final class Tally {
  private final AtomicLong expired = new AtomicLong();
  private final AtomicLong vanished = new AtomicLong();
  private volatile boolean unfinished;

  /** A key that had expired and that the server had not deleted yet. */
  void expired() {
    expired.incrementAndGet();
  }

  /** A key that was listed and was gone when it was to be read. */
  void vanished() {
    vanished.incrementAndGet();
  }

  /** The ledger of a load was met, which is there until the load has come to its end. */
  void unfinished() {
    unfinished = true;
  }

  /** Tells a person what was counted, if anything was. */
  void tell(Consumer<String> warnings) {
    tell(expired, "had expired and were left out, though the server still had them", warnings);
    tell(vanished, "were deleted or had expired before they could be read", warnings);
    if (unfinished) {
      warnings.accept(
          "the server holds a load that did not come to its end (key "
              + Records.LEDGER
              + "): what it lacks is lacking here too");
    }
  }

  private static void tell(AtomicLong count, String what, Consumer<String> warnings) {
    if (count.get() > 0) {
      warnings.accept(count.get() + " keys " + what);
    }
  }
}
