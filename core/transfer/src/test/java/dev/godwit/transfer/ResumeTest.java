package dev.godwit.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.godwit.spi.dataset.Partition;
import dev.godwit.spi.extract.ExtractRun;
import dev.godwit.testkit.memory.MemoryStore;
import dev.godwit.testkit.memory.Samples;
import dev.godwit.testkit.memory.Shape;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A kill leaves no chance to abort or to close: what was written stays as it is. */
class ResumeTest {
  private final Scene scene = new Scene();

  @AfterEach
  void close() {
    scene.close();
  }

  @ParameterizedTest
  @EnumSource
  void loadsEachPartitionOnceWhereverItWasKilled(Shape shape) {
    MemoryStore source = scene.filled(shape);
    for (boolean committed : new boolean[] {false, true}) {
      int kills = 0;
      while (killed(source, shape, kills, committed)) {
        kills++;
      }
      assertThat(kills).as("partitions that were killed at").isGreaterThan(1);
    }
  }

  /** Kills at a partition, before or after its commit, and goes on; false where it ran through. */
  private boolean killed(MemoryStore source, Shape shape, int at, boolean afterCommit) {
    scene.startAgain();
    MemoryStore target = scene.empty(shape);
    ExtractRun from = scene.read(source);
    WatchedLoad dying =
        new WatchedLoad(scene.load(target, from, false)) {
          @Override
          void beforeCommit(Partition partition) {
            if (!afterCommit && committed.get() == at) {
              die();
            }
          }

          @Override
          void afterCommit(Partition partition) {
            if (afterCommit && committed.get() == at + 1) {
              die();
            }
          }
        };
    try {
      scene.transfer(1).run(from, dying);
      return false;
    } catch (WatchedLoad.Killed expected) {
      assertThat(target.ledger()).isPresent();
    }

    scene.startAgain();
    ExtractRun again = scene.read(source);
    TransferReport report = scene.transfer(2).run(again, scene.load(target, again, true));

    assertThat(Samples.counts(target)).isEqualTo(Samples.counts(source));
    assertThat(scene.fingerprints(target)).isEqualTo(scene.fingerprints(source));
    assertThat(target.objects()).containsExactlyInAnyOrderElementsOf(source.objects());
    long held = shape == Shape.STREAM ? 0 : at + (afterCommit ? 1 : 0);
    assertThat(report.skippedPartitions()).isEqualTo(held);
    assertThat(scene.events(TransferEvent.PartitionSkipped.class)).hasSize((int) held);
    return true;
  }

  @Test
  void doesEachStepOfFinishingOnce() {
    MemoryStore source = scene.filled(Shape.TYPED);
    MemoryStore target = scene.empty(Shape.TYPED);
    ExtractRun from = scene.read(source);
    Transfer interrupted =
        new Transfer(
            1,
            scene.cancellation(),
            event -> {
              if (event instanceof TransferEvent.StepDone) {
                throw new WatchedLoad.Killed();
              }
            },
            Transfer.FailurePolicy.STOP);
    assertThatThrownBy(() -> interrupted.run(from, scene.load(target, from, false)))
        .isInstanceOf(WatchedLoad.Killed.class);
    assertThat(target.objects()).hasSize(4 + 1);

    scene.startAgain();
    ExtractRun again = scene.read(source);
    scene.transfer(2).run(again, scene.load(target, again, true));
    assertThat(target.objects()).containsExactlyInAnyOrderElementsOf(source.objects());
    assertThat(target.state()).isEqualTo(source.state());
  }
}
