package dev.godwit.loader.memcached;

import dev.godwit.extractor.memcached.value.Keys;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/** Counts what was not written, and names the first of it. Safe for use by many threads. */
final class Rejects {
  private static final int NAMED = 10;

  private final Consumer<String> warnings;
  private final AtomicLong rejected = new AtomicLong();
  private final AtomicLong kept = new AtomicLong();
  private final AtomicLong expired = new AtomicLong();

  Rejects(Consumer<String> warnings) {
    this.warnings = warnings;
  }

  /** A key could not be written. */
  void reject(byte[] key, String why) {
    if (rejected.incrementAndGet() <= NAMED) {
      warnings.accept("key " + Keys.shown(key) + " was not written: " + why);
    }
  }

  /** An item was left as it is, as asked for. */
  void keep() {
    kept.incrementAndGet();
  }

  /** A key had expired before it came to be written. */
  void expire() {
    expired.incrementAndGet();
  }

  /** Lines that a person should read. */
  List<String> notes() {
    List<String> notes = new ArrayList<>();
    if (expired.get() > 0) {
      notes.add(expired.get() + " keys had expired before they were written, and are left out");
    }
    if (kept.get() > 0) {
      notes.add(kept.get() + " keys were there already, and were kept as they are");
    }
    if (rejected.get() > NAMED) {
      notes.add((rejected.get() - NAMED) + " more keys were not written than are named above");
    }
    return notes;
  }
}
