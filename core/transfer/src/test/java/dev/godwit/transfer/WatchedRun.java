package dev.godwit.transfer;

import dev.godwit.spi.dataset.Catalogue;
import dev.godwit.spi.dataset.Dataset;
import dev.godwit.spi.dataset.Partition;
import dev.godwit.spi.extract.ExtractRun;
import dev.godwit.spi.extract.Reading;
import dev.godwit.spi.extract.RecordReader;
import dev.godwit.spi.record.RecordItem;
import dev.godwit.spi.store.Source;
import dev.godwit.spi.store.StoreInfo;
import java.util.Iterator;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** A run that counts its readers, and does something before each item: fail, wait, cancel. */
final class WatchedRun implements ExtractRun {
  private final ExtractRun run;
  private final Consumer<Partition> beforeItem;
  final Set<Partition> opened = ConcurrentHashMap.newKeySet();
  final AtomicInteger open = new AtomicInteger();
  final AtomicInteger planned = new AtomicInteger();
  final AtomicInteger concluded = new AtomicInteger();

  WatchedRun(ExtractRun run, Consumer<Partition> beforeItem) {
    this.run = run;
    this.beforeItem = beforeItem;
  }

  @Override
  public Reading reading() {
    Reading.Partitioned all = (Reading.Partitioned) run.reading();
    return new Reading.Partitioned() {
      @Override
      public Iterator<Partition> partitions(Dataset dataset) {
        Iterator<Partition> partitions = all.partitions(dataset);
        return new Iterator<>() {
          @Override
          public boolean hasNext() {
            return partitions.hasNext();
          }

          @Override
          public Partition next() {
            planned.incrementAndGet();
            return partitions.next();
          }
        };
      }

      @Override
      public RecordReader open(Dataset dataset, Partition partition) {
        opened.add(partition);
        RecordReader reader = all.open(dataset, partition);
        open.incrementAndGet();
        return new RecordReader() {
          @Override
          public RecordItem next() {
            beforeItem.accept(partition);
            return reader.next();
          }

          @Override
          public void close() {
            open.decrementAndGet();
            reader.close();
          }
        };
      }
    };
  }

  @Override
  public StoreInfo info() {
    return run.info();
  }

  @Override
  public Source source() {
    return run.source();
  }

  @Override
  public Catalogue catalogue() {
    return run.catalogue();
  }

  @Override
  public Conclusion conclude() {
    concluded.incrementAndGet();
    return run.conclude();
  }

  @Override
  public void close() {
    run.close();
  }
}
