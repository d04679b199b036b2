package dev.godwit.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.godwit.spi.dataset.Dataset;
import dev.godwit.spi.dataset.Partition;
import dev.godwit.spi.error.CancelledException;
import dev.godwit.spi.error.ExitCode;
import dev.godwit.spi.error.GodwitException;
import dev.godwit.spi.extract.ExtractRun;
import dev.godwit.spi.load.LoadRun;
import dev.godwit.spi.load.RecordWriter;
import dev.godwit.spi.record.RecordItem;
import dev.godwit.testkit.memory.MemoryStore;
import dev.godwit.testkit.memory.Shape;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FailureTest {
  private final Scene scene = new Scene();

  @AfterEach
  void close() {
    scene.close();
  }

  @Test
  void theFirstFailureEndsTheOthersAndClosesAll() {
    MemoryStore source = scene.filled(Shape.TYPED);
    MemoryStore target = scene.empty(Shape.TYPED);
    CountDownLatch busy = new CountDownLatch(1);
    AtomicInteger met = new AtomicInteger();
    WatchedRun from =
        new WatchedRun(
            scene.read(source),
            partition -> {
              if (met.incrementAndGet() > 1) {
                await(busy);
                throw new GodwitException(ExitCode.SOURCE_UNREACHABLE, "gone");
              }
              busy.countDown();
              awaitCancelled(); // as a statement that is cancelled on the server
            });
    WatchedLoad to = new WatchedLoad(scene.load(target, from, false));

    assertThatThrownBy(() -> scene.transfer(2).run(from, to))
        .isInstanceOf(GodwitException.class)
        .hasMessage("gone");

    assertThat(from.open).hasValue(0);
    assertThat(to.open).hasValue(0);
    assertThat(to.completed).hasValue(0);
    assertThat(from.concluded).hasValue(0);
    assertThat(from.opened).as("readers that were opened").hasSizeLessThanOrEqualTo(2);
    assertThatThrownBy(scene.cancellation()::check)
        .isInstanceOfSatisfying(
            CancelledException.class,
            e -> assertThat(e.exitCode()).isEqualTo(ExitCode.SOURCE_UNREACHABLE));
  }

  private void awaitCancelled() {
    CountDownLatch cancelled = new CountDownLatch(1);
    try (var waking = scene.cancellation().onCancel(cancelled::countDown)) {
      assertThat(waking).isNotNull();
      await(cancelled);
    }
    throw new GodwitException(ExitCode.FAILED, "statement cancelled");
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void otherFailuresAreSuppressedInTheFirst() {
    CyclicBarrier both = new CyclicBarrier(2);
    AtomicInteger met = new AtomicInteger();
    WatchedRun from =
        new WatchedRun(
            scene.read(scene.filled(Shape.TYPED)),
            partition -> {
              try {
                // A worker may get to a third one before it hears of the first failure.
                if (met.incrementAndGet() <= 2) {
                  both.await();
                }
              } catch (Exception e) {
                throw new AssertionError(e);
              }
              throw new GodwitException(ExitCode.FAILED, "broken " + partition.ordinal());
            });
    LoadRun to = scene.load(scene.empty(Shape.TYPED), from, false);

    assertThatThrownBy(() -> scene.transfer(2).run(from, to))
        .hasMessageStartingWith("broken ")
        .satisfies(
            e ->
                assertThat(e.getSuppressed())
                    .isNotEmpty()
                    .allSatisfy(other -> assertThat(other).hasMessageStartingWith("broken ")));
  }

  @Test
  void aWriterThatFailsEndsTheRunAlsoWhereReadersMayFail() {
    ExtractRun from = scene.read(scene.filled(Shape.TYPED));
    WatchedLoad to =
        new WatchedLoad(scene.load(scene.empty(Shape.TYPED), from, false)) {
          @Override
          void beforeCommit(Partition partition) {
            throw new GodwitException(ExitCode.FAILED, "disk full");
          }
        };
    assertThatThrownBy(() -> scene.transfer(2, (dataset, failure) -> {}).run(from, to))
        .hasMessage("disk full");
    assertThat(to.open).hasValue(0);
    assertThat(scene.events(TransferEvent.DatasetLeftOut.class)).isEmpty();
  }

  @Test
  void anErrorIsNotSwallowed() {
    WatchedRun from =
        new WatchedRun(
            scene.read(scene.filled(Shape.TYPED)),
            partition -> {
              throw new OutOfMemoryError("not really");
            });
    LoadRun to = scene.load(scene.empty(Shape.TYPED), from, false);
    assertThatThrownBy(() -> scene.transfer(2).run(from, to)).isInstanceOf(OutOfMemoryError.class);
  }

  @Test
  void countsThatDisagreeAreAFailure() {
    for (Shape shape : new Shape[] {Shape.TYPED, Shape.STREAM}) {
      scene.startAgain();
      ExtractRun from = scene.read(scene.filled(shape));
      LoadRun honest = scene.load(scene.empty(shape), from, false);
      WatchedLoad to =
          new WatchedLoad(honest) {
            @Override
            public RecordWriter open(Dataset dataset, Partition partition) {
              return miscounting(super.open(dataset, partition));
            }
          };
      assertThatThrownBy(() -> scene.transfer(2).run(from, to))
          .isInstanceOf(GodwitException.class)
          .hasMessageStartingWith("counts disagree");
      assertThat(to.completed).hasValue(0);
      assertThat(to.open).hasValue(0);
    }
  }

  private static RecordWriter miscounting(RecordWriter writer) {
    return new RecordWriter() {
      @Override
      public void write(RecordItem item) {
        writer.write(item);
      }

      @Override
      public Commit commit() {
        Commit commit = writer.commit();
        return new Commit(commit.rows() + 1, commit.bytes(), -1, 0);
      }

      @Override
      public void abort() {
        writer.abort();
      }

      @Override
      public void close() {
        writer.close();
      }
    };
  }

  @Test
  void readingNothingIsAFailure() {
    for (Shape shape : Shape.values()) {
      scene.startAgain();
      ExtractRun from = scene.read(scene.empty(shape));
      WatchedLoad to = new WatchedLoad(scene.load(scene.empty(shape), from, false));
      assertThatThrownBy(() -> scene.transfer(2).run(from, to))
          .isInstanceOf(GodwitException.class)
          .hasMessageContaining("nothing was read");
      assertThat(to.completed).hasValue(0);
    }
  }
}
