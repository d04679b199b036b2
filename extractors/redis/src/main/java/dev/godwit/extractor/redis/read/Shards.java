package dev.godwit.extractor.redis.read;

import dev.godwit.extractor.redis.session.RedisServer;
import dev.godwit.extractor.redis.value.Records;
import dev.godwit.spi.dataset.Dataset;
import dev.godwit.spi.dataset.Partition;
import dev.godwit.spi.dataset.Span;
import dev.godwit.spi.extract.Reading;
import dev.godwit.spi.extract.RecordReader;
import dev.godwit.spi.record.RecordItem;
import dev.godwit.spi.run.PluginContext;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Reads databases from one server, or from each primary of a cluster. What a server holds of a
 * database is one partition: it shows no part of one that would stay the same while its table
 * grows.
 */
final class Shards implements Reading.Partitioned {
  /** How the keys of a database of a server are met. */
  @FunctionalInterface
  interface Way {
    KeyValue.Source open(RedisServer server, int database);
  }

  private static final String AXIS = "shard";

  private final List<RedisServer> servers;
  private final Way way;
  private final PluginContext context;

  Shards(List<RedisServer> servers, Way way, PluginContext context) {
    this.servers = servers;
    this.way = way;
    this.context = context;
  }

  @Override
  public Iterator<Partition> partitions(Dataset dataset) {
    int count = servers.size();
    return count == 1
        ? List.of(Partition.whole(dataset.name())).iterator()
        : IntStream.range(0, count)
            .mapToObj(i -> new Partition(dataset.name(), i, span(i, count)))
            .iterator();
  }

  private static Span span(int shard, int count) {
    return Span.between(
        AXIS,
        shard == 0 ? null : Integer.toString(shard),
        shard == count - 1 ? null : Integer.toString(shard + 1));
  }

  @Override
  public RecordReader open(Dataset dataset, Partition partition) {
    int database = Records.database(dataset.name()).orElseThrow();
    Items items =
        new Items(
            way.open(servers.get(partition.ordinal()), database),
            context.allocator(),
            context.cancellation());
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
}
