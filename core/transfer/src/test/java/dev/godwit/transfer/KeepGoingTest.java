package dev.godwit.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.godwit.spi.error.ExitCode;
import dev.godwit.spi.error.GodwitException;
import dev.godwit.spi.load.LoadRun;
import dev.godwit.spi.name.DatasetName;
import dev.godwit.testkit.memory.MemoryStore;
import dev.godwit.testkit.memory.Shape;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class KeepGoingTest {
  private static final DatasetName KINDS = DatasetName.of("shop", "every_kind");

  private final Scene scene = new Scene();
  private final List<DatasetName> asked = new CopyOnWriteArrayList<>();

  @AfterEach
  void close() {
    scene.close();
  }

  private final Transfer.FailurePolicy keepGoing = (dataset, failure) -> asked.add(dataset);

  @Test
  void leavesOutTheDatasetThatFailsAndTellsItOnce() {
    MemoryStore source = scene.filled(Shape.TYPED);
    MemoryStore target = scene.empty(Shape.TYPED);
    CountDownLatch firstDone = new CountDownLatch(1);
    WatchedRun from =
        new WatchedRun(
            scene.read(source),
            partition -> {
              if (partition.dataset().equals(KINDS) && partition.ordinal() >= 1) {
                await(firstDone);
                throw new GodwitException(ExitCode.FAILED, "row damaged");
              }
            });
    LoadRun to = scene.load(target, from, false);
    TransferListener listener =
        event -> {
          scene.events.add(event);
          if (event instanceof TransferEvent.PartitionDone) {
            firstDone.countDown();
          }
        };

    TransferReport report =
        new Transfer(2, scene.cancellation(), listener, keepGoing).run(from, to);

    assertThat(asked).containsExactly(KINDS);
    assertThat(scene.events(TransferEvent.DatasetLeftOut.class))
        .containsExactly(new TransferEvent.DatasetLeftOut(KINDS, "row damaged"));
    assertThat(report.leftOut())
        .containsExactly(new TransferReport.LeftOut("shop.every_kind", "row damaged"));
    assertThat(report.datasets()).isEqualTo(3);
    assertThat(report.rows()).as("none of the one left out").isEqualTo(300 + 4);
    assertThat(from.open).hasValue(0);
    assertThat(scene.cancellation().isCancelled()).isFalse();
    DatasetName customers = DatasetName.of("shop", "customers");
    assertThat(scene.fingerprints(target).get(customers))
        .isEqualTo(scene.fingerprints(source).get(customers));
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void dropsWhatIsQueuedOfIt() {
    WatchedRun from =
        new WatchedRun(
            scene.read(scene.filled(Shape.TYPED), "?partition-rows=10"),
            partition -> {
              if (partition.dataset().equals(KINDS)) {
                throw new GodwitException(ExitCode.FAILED, "no right to read");
              }
            });
    LoadRun to = scene.load(scene.empty(Shape.TYPED), from, false);
    scene.transfer(1, keepGoing).run(from, to);
    assertThat(from.opened.stream().filter(p -> p.dataset().equals(KINDS)))
        .as("of 101 partitions")
        .hasSizeLessThanOrEqualTo(2);
  }

  @Test
  void isAFailureWhereEveryDatasetFails() {
    WatchedRun from =
        new WatchedRun(
            scene.read(scene.filled(Shape.TYPED)),
            partition -> {
              throw new GodwitException(ExitCode.FAILED, "no right to read");
            });
    WatchedLoad to = new WatchedLoad(scene.load(scene.empty(Shape.TYPED), from, false));
    assertThatThrownBy(() -> scene.transfer(2, keepGoing).run(from, to))
        .hasMessageContaining("each of 4 datasets failed")
        .hasMessageContaining("no right to read");
    assertThat(to.completed).hasValue(0);
  }

  @Test
  void isNotAskedOnceTheRunIsCancelled() {
    WatchedRun from =
        new WatchedRun(
            scene.read(scene.filled(Shape.TYPED)),
            partition -> {
              scene.cancellation().cancel(ExitCode.INTERRUPTED);
              throw new GodwitException(ExitCode.FAILED, "statement cancelled");
            });
    LoadRun to = scene.load(scene.empty(Shape.TYPED), from, false);
    assertThatThrownBy(() -> scene.transfer(1, keepGoing).run(from, to))
        .isInstanceOfSatisfying(
            GodwitException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.INTERRUPTED));
    assertThat(asked).isEmpty();
  }
}
