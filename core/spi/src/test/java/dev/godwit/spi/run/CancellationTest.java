package dev.godwit.spi.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.godwit.spi.error.CancelledException;
import dev.godwit.spi.error.ExitCode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class CancellationTest {
  private final Cancellation cancellation = new Cancellation();

  @Test
  void goesOnUntilItIsCancelled() {
    assertThat(cancellation.isCancelled()).isFalse();
    assertThatCode(cancellation::check).doesNotThrowAnyException();
    cancellation.cancel(ExitCode.INTERRUPTED);
    cancellation.cancel(ExitCode.TERMINATED);
    assertThat(cancellation.isCancelled()).isTrue();
    assertThatThrownBy(cancellation::check)
        .isInstanceOfSatisfying(
            CancelledException.class,
            e -> assertThat(e.exitCode()).isEqualTo(ExitCode.INTERRUPTED));
  }

  @Test
  void runsEachActionOnce() {
    AtomicInteger runs = new AtomicInteger();
    Cancellation.Registration registered = cancellation.onCancel(runs::incrementAndGet);
    Cancellation.Registration takenBack = cancellation.onCancel(runs::incrementAndGet);
    takenBack.close();
    cancellation.cancel(ExitCode.FAILED);
    cancellation.cancel(ExitCode.FAILED);
    assertThat(runs).hasValue(1);
    registered.close();
  }

  @Test
  void anActionThatFailsDoesNotKeepOthersFromRunning() {
    List<String> ran = new ArrayList<>();
    try (Cancellation.Registration bad =
            cancellation.onCancel(
                () -> {
                  throw new IllegalStateException("already closed");
                });
        Cancellation.Registration good = cancellation.onCancel(() -> ran.add("good"))) {
      assertThat(bad).isNotSameAs(good);
      cancellation.cancel(ExitCode.FAILED);
    }
    assertThat(ran).containsExactly("good");
  }

  @Test
  void runsAnActionAtOnceWhereItIsTooLate() {
    cancellation.cancel(ExitCode.FAILED);
    AtomicInteger runs = new AtomicInteger();
    cancellation.onCancel(runs::incrementAndGet).close();
    assertThat(runs).hasValue(1);
  }

  @Test
  void missesNoActionThatIsRegisteredMeanwhile() throws InterruptedException {
    for (int round = 0; round < 200; round++) {
      Cancellation raced = new Cancellation();
      Thread canceller = new Thread(() -> raced.cancel(ExitCode.FAILED));
      AtomicInteger runs = new AtomicInteger();
      canceller.start();
      Cancellation.Registration registration = raced.onCancel(runs::incrementAndGet);
      canceller.join();
      assertThat(runs).hasValue(1);
      registration.close();
    }
  }

  @Test
  void breaksNothingOffThatIsToBeDoneWhole() throws InterruptedException {
    List<String> order = Collections.synchronizedList(new ArrayList<>());
    Cancellation.Registration registration = cancellation.onCancel(() -> order.add("broken off"));
    Thread canceller = new Thread(() -> cancellation.cancel(ExitCode.TERMINATED));
    cancellation.unbroken(
        () -> {
          canceller.start();
          while (canceller.getState() != Thread.State.WAITING) {
            Thread.onSpinWait();
          }
          order.add("done");
        });
    canceller.join();
    assertThat(order).containsExactly("done", "broken off");
    assertThatThrownBy(() -> cancellation.unbroken(() -> order.add("late")))
        .isInstanceOf(CancelledException.class);
    assertThat(order).hasSize(2);
    registration.close();
  }

  @Test
  void anActionMayWaitForWhoeverWouldDoAStep() {
    try (Cancellation.Registration registration =
        cancellation.onCancel(
            () ->
                assertThatThrownBy(
                        () ->
                            CompletableFuture.runAsync(() -> cancellation.unbroken(() -> {}))
                                .join())
                    .hasCauseInstanceOf(CancelledException.class))) {
      assertThat(registration).isNotNull();
      cancellation.cancel(ExitCode.FAILED);
    }
    assertThat(cancellation.isCancelled()).isTrue();
  }
}
