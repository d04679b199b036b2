package dev.godwit.loader.redis.wire;

import java.util.concurrent.atomic.LongAdder;

/**
 * What became of keys that were not simply written. Safe for use by many threads.
 *
 * @param kept others were there and were kept
 * @param pending entries of streams that wait to be acknowledged, and were deleted
 * @param expired keys that had expired before they could be written
 * @param empty values without elements, which are no keys
 */
public record Tally(LongAdder kept, LongAdder pending, LongAdder expired, LongAdder empty) {
  /** Nothing yet. */
  public Tally() {
    this(new LongAdder(), new LongAdder(), new LongAdder(), new LongAdder());
  }
}
