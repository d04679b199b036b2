package dev.godwit.transfer;

import dev.godwit.spi.run.Cancellation;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Lets so many bytes through per second: a bucket of tokens that fills at that rate and holds those
 * of one second. Whoever takes more than there are waits until the debt is paid. Shared by all
 * workers of a run.
 */
public final class Throttle {
  /** Lets everything through. */
  public static final Throttle NONE = new Throttle(Long.MAX_VALUE);

  private static final double SECOND = 1e9;

  private final long bytesPerSecond;
  private double tokens;
  private long filled = System.nanoTime();

  /** So many bytes per second, at least one. */
  public Throttle(long bytesPerSecond) {
    if (bytesPerSecond < 1) {
      throw new IllegalArgumentException("bytes per second must be at least 1");
    }
    this.bytesPerSecond = bytesPerSecond;
  }

  /** Waits until the bytes may pass, or until the run is cancelled. */
  void take(long bytes, Cancellation cancellation) {
    if (bytesPerSecond == Long.MAX_VALUE) {
      return;
    }
    long nanoseconds = reserve(bytes, System.nanoTime());
    if (nanoseconds > 0) {
      CountDownLatch cancelled = new CountDownLatch(1);
      Cancellation.Registration waking = cancellation.onCancel(cancelled::countDown);
      try {
        cancelled.await(nanoseconds, TimeUnit.NANOSECONDS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      } finally {
        waking.close();
      }
      cancellation.check();
    }
  }

  /** Takes the bytes at this time; how many nanoseconds later they may pass. */
  synchronized long reserve(long bytes, long now) {
    double earned = (now - filled) / SECOND * bytesPerSecond;
    tokens = Math.min((double) bytesPerSecond, tokens + earned) - bytes;
    filled = now;
    return tokens < 0 ? (long) (-tokens / bytesPerSecond * SECOND) : 0;
  }
}
