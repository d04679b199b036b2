package dev.godwit.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.godwit.spi.error.CancelledException;
import dev.godwit.spi.error.ExitCode;
import dev.godwit.spi.extract.ExtractRun;
import dev.godwit.spi.load.LoadRun;
import dev.godwit.testkit.memory.MemoryStore;
import dev.godwit.testkit.memory.Shape;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is planned ahead is bounded, and a run that is cancelled ends. */
class LookAheadTest {
  private final Scene scene = new Scene();

  @AfterEach
  void close() {
    scene.close();
  }

  @Test
  void plansOnlyAFewPartitionsAhead() {
    int jobs = 2;
    MemoryStore source = scene.filled(Shape.TYPED);
    AtomicInteger furthest = new AtomicInteger();
    WatchedRun[] watched = new WatchedRun[1];
    WatchedRun from =
        new WatchedRun(
            scene.read(source, "?partition-rows=5"),
            partition -> {
              int ahead =
                  watched[0].planned.get() - scene.events(TransferEvent.PartitionDone.class).size();
              furthest.accumulateAndGet(ahead, Math::max);
            });
    watched[0] = from;
    scene.transfer(jobs).run(from, scene.load(scene.empty(Shape.TYPED), from, false));
    assertThat(from.planned.get()).isGreaterThan(200);
    assertThat(furthest.get()).isLessThanOrEqualTo(3 * jobs + 1);
  }

  @Test
  void usesAllItsWorkers() {
    AtomicInteger most = new AtomicInteger();
    java.util.concurrent.CountDownLatch three = new java.util.concurrent.CountDownLatch(3);
    WatchedRun[] watched = new WatchedRun[1];
    WatchedRun from =
        new WatchedRun(
            scene.read(scene.filled(Shape.TYPED)),
            partition -> {
              three.countDown();
              try {
                three.await();
              } catch (InterruptedException e) {
                throw new AssertionError(e);
              }
              most.accumulateAndGet(watched[0].open.get(), Math::max);
            });
    watched[0] = from;
    scene.transfer(3).run(from, scene.load(scene.empty(Shape.TYPED), from, false));
    assertThat(most).hasValue(3);
  }

  @ParameterizedTest
  @EnumSource
  void endsOnceCancelled(Shape shape) {
    ExtractRun from = scene.read(scene.filled(shape));
    WatchedLoad to = new WatchedLoad(scene.load(scene.empty(shape), from, false));
    Transfer transfer =
        new Transfer(
            2,
            scene.cancellation(),
            event -> {
              scene.events.add(event);
              if (event instanceof TransferEvent.Moved) {
                scene.cancellation().cancel(ExitCode.TERMINATED);
              }
            },
            Transfer.FailurePolicy.STOP);
    assertThatThrownBy(() -> transfer.run(from, to))
        .isInstanceOfSatisfying(
            CancelledException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.TERMINATED));
    assertThat(to.open).hasValue(0);
    assertThat(to.completed).hasValue(0);
    assertThat(scene.events(TransferEvent.Moved.class)).hasSizeLessThanOrEqualTo(2);
  }

  @Test
  void doesNotBeginWhereItWasCancelledBefore() {
    ExtractRun from = scene.read(scene.filled(Shape.TYPED));
    LoadRun to = scene.load(scene.empty(Shape.TYPED), from, false);
    scene.cancellation().cancel(ExitCode.INTERRUPTED);
    assertThatThrownBy(() -> scene.transfer(2).run(from, to))
        .isInstanceOf(CancelledException.class);
    assertThat(scene.events).isEmpty();
  }
}
