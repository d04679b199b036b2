package dev.godwit.transfer;

import dev.godwit.spi.dataset.Dataset;
import dev.godwit.spi.dataset.Partition;
import dev.godwit.spi.extract.ExtractRun;
import dev.godwit.spi.load.LoadRun;
import dev.godwit.spi.load.RecordWriter;
import dev.godwit.spi.name.DatasetName;
import dev.godwit.spi.record.RecordItem;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/** A load that can die: from then on nothing reaches the store, no abort and no close. */
class WatchedLoad implements LoadRun {
  private final LoadRun load;
  private volatile boolean dead;
  final AtomicInteger open = new AtomicInteger();
  final AtomicInteger committed = new AtomicInteger();
  final AtomicInteger completed = new AtomicInteger();
  final List<DatasetName> loaded = new CopyOnWriteArrayList<>();

  WatchedLoad(LoadRun load) {
    this.load = load;
  }

  /** Thrown by what is asked of a dead load. */
  static final class Killed extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  final void die() {
    dead = true;
    throw new Killed();
  }

  /** Called before a commit; {@link #committed} says how many there were. */
  void beforeCommit(Partition partition) {}

  /** Called after a commit. */
  void afterCommit(Partition partition) {}

  private void requireAlive() {
    if (dead) {
      throw new Killed();
    }
  }

  @Override
  public void prepare(Dataset dataset) {
    requireAlive();
    load.prepare(dataset);
  }

  @Override
  public boolean holds(Partition partition) {
    return load.holds(partition);
  }

  @Override
  public RecordWriter open(Dataset dataset, Partition partition) {
    requireAlive();
    RecordWriter writer = load.open(dataset, partition);
    open.incrementAndGet();
    return new RecordWriter() {
      @Override
      public void write(RecordItem item) {
        requireAlive();
        writer.write(item);
      }

      @Override
      public Commit commit() {
        requireAlive();
        beforeCommit(partition);
        Commit commit = writer.commit();
        committed.incrementAndGet();
        afterCommit(partition);
        return commit;
      }

      @Override
      public void abort() {
        if (!dead) {
          writer.abort();
        }
      }

      @Override
      public void close() {
        open.decrementAndGet();
        if (!dead) {
          writer.close();
        }
      }
    };
  }

  @Override
  public Stream<Lost> lost() {
    return load.lost();
  }

  @Override
  public void loaded(Dataset dataset) {
    loaded.add(dataset.name());
    load.loaded(dataset);
  }

  @Override
  public List<Stage> finish(ExtractRun.Conclusion conclusion) {
    requireAlive();
    return load.finish(conclusion);
  }

  @Override
  public LoadReport complete() {
    completed.incrementAndGet();
    return load.complete();
  }

  @Override
  public void close() {
    load.close();
  }
}
