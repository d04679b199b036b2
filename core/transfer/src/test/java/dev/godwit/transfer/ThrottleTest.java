package dev.godwit.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.godwit.spi.error.CancelledException;
import dev.godwit.spi.error.ExitCode;
import dev.godwit.spi.run.Cancellation;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class ThrottleTest {
  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

  @Test
  void paysForWhatWasTakenBefore() {
    Throttle throttle = new Throttle(1000);
    long now = System.nanoTime() + 100 * SECOND;
    assertThat(throttle.reserve(1000, now)).as("a full bucket").isZero();
    assertThat(throttle.reserve(500, now)).isEqualTo(SECOND / 2);
    assertThat(throttle.reserve(500, now)).isEqualTo(SECOND);
    assertThat(throttle.reserve(0, now + SECOND)).isZero();
    assertThat(throttle.reserve(1000, now + SECOND)).isEqualTo(SECOND);
  }

  @Test
  void holdsNoMoreThanASecond() {
    Throttle throttle = new Throttle(1000);
    long now = System.nanoTime() + 100 * SECOND;
    assertThat(throttle.reserve(3000, now)).isEqualTo(2 * SECOND);
  }

  @Test
  @Timeout(600)
  void whoWaitsIsWokenByACancellation() {
    Throttle throttle = new Throttle(1);
    Cancellation cancellation = new Cancellation();
    Thread other = new Thread(() -> cancellation.cancel(ExitCode.INTERRUPTED));
    other.start();
    assertThatThrownBy(() -> throttle.take(1_000_000, cancellation))
        .isInstanceOf(CancelledException.class);
  }

  @Test
  void letsEverythingThroughWhereThereIsNoLimit() {
    Throttle.NONE.take(Long.MAX_VALUE, new Cancellation());
    assertThatThrownBy(() -> new Throttle(0)).isInstanceOf(IllegalArgumentException.class);
  }
}
