package dev.godwit.extractor.memcached.read;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** What a run met beside its records. Safe for use by many threads. */
final class Counts {
  private final AtomicLong vanished = new AtomicLong();
  private final AtomicLong repeated = new AtomicLong();

  void add(long moreVanished, long moreRepeated) {
    vanished.addAndGet(moreVanished);
    repeated.addAndGet(moreRepeated);
  }

  /** Lines that a person should read. */
  List<String> lines() {
    List<String> lines = new ArrayList<>();
    if (vanished.get() > 0) {
      lines.add(
          vanished.get() + " keys were deleted, evicted or had expired before they could be read");
    }
    if (repeated.get() > 0) {
      lines.add(repeated.get() + " keys were listed twice by the server, and read once");
    }
    return lines;
  }
}
