package dev.godwit.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.godwit.spi.dataset.Dataset;
import dev.godwit.spi.dataset.Partition;
import dev.godwit.spi.error.ExitCode;
import dev.godwit.spi.error.GodwitException;
import dev.godwit.spi.extract.ExtractRun;
import dev.godwit.spi.load.LoadRun;
import dev.godwit.spi.load.RecordWriter;
import dev.godwit.spi.record.RecordBatch;
import dev.godwit.spi.record.RecordItem;
import dev.godwit.testkit.memory.MemoryStore;
import dev.godwit.testkit.memory.Samples;
import dev.godwit.testkit.memory.Shape;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A load that loses what was committed gets it again before it is finished. */
class LostPartitionsTest {
  private final Scene scene = new Scene();

  @AfterEach
  void close() {
    scene.close();
  }

  /** Loses the first partition of every dataset, so many times as it is committed. */
  private static final class Forgetful extends WatchedLoad {
    private final int times;
    private final Set<String> forgotten = ConcurrentHashMap.newKeySet();
    private final List<Lost> lost = new CopyOnWriteArrayList<>();
    private final AtomicInteger asked = new AtomicInteger();

    Forgetful(LoadRun load, int times) {
      super(load);
      this.times = times;
    }

    @Override
    public RecordWriter open(Dataset dataset, Partition partition) {
      for (int time = 0; time < times && partition.ordinal() == 0; time++) {
        if (forgotten.add(partition + " " + time)) {
          return new Lethe(() -> lost.add(new Lost(dataset, partition)));
        }
      }
      return super.open(dataset, partition);
    }

    @Override
    public Stream<Lost> lost() {
      asked.incrementAndGet();
      List<Lost> now = List.copyOf(lost);
      lost.clear();
      return now.stream();
    }
  }

  /** Takes everything and keeps nothing. */
  private static final class Lethe implements RecordWriter {
    private final Runnable committed;
    private long rows;

    Lethe(Runnable committed) {
      this.committed = committed;
    }

    @Override
    public void write(RecordItem item) {
      rows += item instanceof RecordBatch batch ? batch.rowCount() : 0;
    }

    @Override
    public Commit commit() {
      committed.run();
      return new Commit(rows, rows, rows, 0);
    }

    @Override
    public void abort() {}

    @Override
    public void close() {}
  }

  @Test
  void whatWasLostIsMovedAgainAndCountedOnce() {
    MemoryStore source = scene.filled(Shape.TYPED);
    for (int times = 1; times < 4; times++) {
      MemoryStore target = scene.empty(Shape.TYPED);
      ExtractRun from = scene.read(source);
      Forgetful to = new Forgetful(scene.load(target, from, false), times);

      TransferReport report = scene.transfer(3).run(from, to);

      assertThat(to.asked).hasValue(times + 1);
      assertThat(scene.fingerprints(target)).isEqualTo(scene.fingerprints(source));
      assertThat(Samples.counts(target)).isEqualTo(Samples.counts(source));
      assertThat(report.datasets()).isEqualTo(4);
      assertThat(report.rows())
          .isEqualTo(Samples.counts(source).values().stream().mapToLong(r -> r).sum());
    }
  }

  @Test
  void whatCannotBeReadAgainEndsTheRun() {
    MemoryStore source = scene.filled(Shape.TYPED);
    Forgetful[] to = new Forgetful[1];
    WatchedRun from =
        new WatchedRun(
            scene.read(source),
            partition -> {
              if (to[0].asked.get() > 0) {
                throw new GodwitException(ExitCode.FAILED, "the server is gone");
              }
            });
    to[0] = new Forgetful(scene.load(scene.empty(Shape.TYPED), from, false), 1);
    assertThatThrownBy(() -> scene.transfer(2, (dataset, failure) -> {}).run(from, to[0]))
        .isInstanceOf(GodwitException.class)
        .hasMessageContaining("the server is gone");
    assertThat(from.concluded).hasValue(0);
  }
}
