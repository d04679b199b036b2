package dev.godwit.extractor.memcached.read;

import dev.godwit.extractor.memcached.session.MemcachedServer;
import dev.godwit.extractor.memcached.session.MemcachedServers;
import dev.godwit.spi.dataset.Dataset;
import dev.godwit.spi.dataset.Partition;
import dev.godwit.spi.dataset.Span;
import dev.godwit.spi.extract.Reading;
import dev.godwit.spi.extract.RecordReader;
import dev.godwit.spi.run.PluginContext;
import java.util.Iterator;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/**
 * Reads each server as one partition. A server is not divided further: its crawler does one thing
 * at a time.
 */
final class ServersReading implements Reading.Partitioned {
  private static final String AXIS = "server";

  private final List<MemcachedServer> servers;
  private final Predicate<byte[]> wanted;
  private final ReadOptions options;
  private final Counts counts;
  private final PluginContext context;

  ServersReading(
      MemcachedServers servers,
      Predicate<byte[]> wanted,
      ReadOptions options,
      Counts counts,
      PluginContext context) {
    this.servers = servers.all();
    this.wanted = wanted;
    this.options = options;
    this.counts = counts;
    this.context = context;
  }

  @Override
  public Iterator<Partition> partitions(Dataset dataset) {
    if (servers.size() == 1) {
      return List.of(Partition.whole(dataset.name())).iterator();
    }
    return IntStream.range(0, servers.size())
        .mapToObj(i -> new Partition(dataset.name(), i, Span.between(AXIS, mark(i), mark(i + 1))))
        .iterator();
  }

  /** The first server inside, by its place in the URI and by name; none for an open end. */
  private String mark(int i) {
    return i == 0 || i == servers.size() ? null : i + " " + servers.get(i).host();
  }

  @Override
  public RecordReader open(Dataset dataset, Partition partition) {
    return ItemReader.open(servers.get(partition.ordinal()), wanted, options, counts, context);
  }
}
