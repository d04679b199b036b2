package dev.godwit.extractor.redis.read;

import dev.godwit.extractor.redis.session.RedisServer;
import dev.godwit.extractor.redis.value.Records;
import dev.godwit.spi.dataset.Dataset;
import dev.godwit.spi.dataset.Partition;
import dev.godwit.spi.extract.Reading;
import dev.godwit.spi.extract.RecordReader;
import dev.godwit.spi.record.RecordItem;
import dev.godwit.spi.run.PluginContext;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Reads databases by {@code SCAN}, each as one partition: a server shows no part of a database that
 * would stay the same while its table grows.
 */
final class ScanReading implements Reading.Partitioned {
  private final RedisServer server;
  private final Selection selection;
  private final PluginContext context;
  private final AtomicLong vanished = new AtomicLong();

  ScanReading(RedisServer server, Selection selection, PluginContext context) {
    this.server = server;
    this.selection = selection;
    this.context = context;
  }

  @Override
  public Iterator<Partition> partitions(Dataset dataset) {
    return List.of(Partition.whole(dataset.name())).iterator();
  }

  @Override
  public RecordReader open(Dataset dataset, Partition partition) {
    int database = Records.database(dataset.name()).orElseThrow();
    ScanKeys keys =
        new ScanKeys(
            server, database, selection.pattern(database), vanished, context.cancellation());
    Items items = new Items(keys, context.allocator(), context.cancellation());
    return new RecordReader() {
      @Override
      public RecordItem next() {
        return items.next();
      }

      @Override
      public void close() {
        items.close();
      }
    };
  }

  /** How many keys were gone when they were to be read. */
  long vanished() {
    return vanished.get();
  }
}
