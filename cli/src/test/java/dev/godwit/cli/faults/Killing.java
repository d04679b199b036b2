package dev.godwit.cli.faults;

import java.time.Duration;

/**
 * Moments to strike at: spread evenly over the time that a command takes when it is left alone,
 * from the first of them on, however many they become. Each lies in the largest gap that those
 * before it have left, as steps of the golden ratio do (Knuth, The Art of Computer Programming,
 * 6.4, theorem S), so that few strikes meet every phase and more of them come closer to each
 * moment.
 */
final class Killing {
  private static final double STEP = (Math.sqrt(5) - 1) / 2;

  /** Before it the JVM starts, and nothing is done yet. */
  private static final double BEGIN = 0.1;

  private Duration whole;
  private double at;

  /**
   * Moments within a duration.
   *
   * @param seed another one gives other moments, the same one the same
   */
  Killing(long seed, Duration whole) {
    this.at = seed * STEP % 1;
    this.whole = whole;
  }

  /**
   * How often a test strikes: of all that {@code -Dgodwit.kills} asks for, 8 unless told, its part,
   * one at least.
   *
   * @param parts how many equal parts share them
   */
  static int times(int parts) {
    return Math.max(1, (Integer.getInteger("godwit.kills", 8) + parts - 1) / parts);
  }

  Duration moment() {
    at = (at + STEP) % 1;
    return Duration.ofNanos((long) ((BEGIN + (1 - BEGIN) * at) * whole.toNanos()));
  }

  /**
   * Lets a command run until the next moment, then kills it. One that ended before tells how long
   * they take by now.
   *
   * @return whether it was killed before it ended by itself
   */
  boolean strikes(Launched command) throws InterruptedException {
    long begun = System.nanoTime();
    boolean ended = command.endedWithin(moment());
    if (ended) {
      whole = Duration.ofNanos(System.nanoTime() - begun);
    }
    command.kill();
    return !ended;
  }
}
