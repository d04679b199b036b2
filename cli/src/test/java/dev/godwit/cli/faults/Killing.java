package dev.godwit.cli.faults;

import java.time.Duration;
import java.util.SplittableRandom;

/** Moments to strike at: spread evenly over the time that a command takes when it is left alone. */
final class Killing {
  private final SplittableRandom random;
  private final Duration whole;

  /**
   * Moments within a duration.
   *
   * @param seed printed by the test, so that a failure can be looked at again
   */
  Killing(long seed, Duration whole) {
    this.random = new SplittableRandom(seed);
    this.whole = whole;
  }

  Duration moment() {
    return Duration.ofNanos(random.nextLong(whole.toNanos() / 10, whole.toNanos()));
  }
}
