package dev.godwit.extractor.memcached.read;

import dev.godwit.extractor.memcached.session.MemcachedServer;
import dev.godwit.extractor.memcached.session.MemcachedServers;
import dev.godwit.extractor.memcached.value.Records;
import dev.godwit.spi.dataset.Catalogue;
import dev.godwit.spi.dataset.Dataset;
import dev.godwit.spi.dataset.SchemaObject;
import dev.godwit.spi.error.ExitCode;
import dev.godwit.spi.error.GodwitException;
import dev.godwit.spi.extract.ConsistencyPoint;
import dev.godwit.spi.extract.ConsistencyPoint.Guarantee;
import dev.godwit.spi.extract.ExtractRequest;
import dev.godwit.spi.extract.ExtractRun;
import dev.godwit.spi.extract.Reading;
import dev.godwit.spi.name.DatasetFilter;
import dev.godwit.spi.name.DatasetPattern;
import dev.godwit.spi.run.PluginContext;
import dev.godwit.spi.store.Source;
import dev.godwit.spi.store.StoreInfo;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** A cache, which shows no one instant. */
public final class MemcachedRun implements ExtractRun {
  private final MemcachedServers servers;
  private final Source source;
  private final Dataset dataset;
  private final Reading reading;
  private final Counts counts = new Counts();
  private final PluginContext context;

  private MemcachedRun(
      MemcachedServers servers,
      Source source,
      Dataset dataset,
      Predicate<byte[]> wanted,
      ReadOptions options,
      PluginContext context) {
    this.servers = servers;
    this.source = source;
    this.dataset = dataset;
    this.context = context;
    this.reading = new ServersReading(servers, wanted, options, counts, context);
  }

  /**
   * Begins to read.
   *
   * @throws GodwitException {@code USAGE} where the filter matches nothing, or chooses columns
   */
  public static MemcachedRun begin(
      MemcachedServers servers,
      ExtractRequest request,
      ReadOptions options,
      PluginContext context) {
    context.cancellation().check();
    request.refuseQueries("Memcached");
    check(request.filter());
    request.filter().refuseOverruled(Stream.of(List.of(Records.NAME)));
    Predicate<byte[]> wanted =
        request
            .filter()
            .conditionFor(Records.NAME)
            .<Predicate<byte[]>>map(KeyPattern::new)
            .orElse(key -> true);
    long items = 0;
    long bytes = 0;
    for (MemcachedServer server : servers.all()) {
      Map<String, String> statistics = server.statistics();
      items += MemcachedServer.number(statistics, "curr_items");
      bytes += MemcachedServer.number(statistics, "bytes");
    }
    Dataset dataset = Records.dataset(options.withCas(), items, bytes);
    return new MemcachedRun(servers, request.source(), dataset, wanted, options, context);
  }

  private static void check(DatasetFilter filter) {
    for (DatasetPattern pattern : filter.include()) {
      if (!pattern.matches(Records.NAME)) {
        throw new GodwitException(
            ExitCode.USAGE,
            "--include " + pattern + " matches no dataset",
            "a cache is one dataset, " + Records.NAME);
      }
    }
    for (DatasetFilter.Where where : filter.where()) {
      if (!where.dataset().matches(Records.NAME)) {
        throw new GodwitException(
            ExitCode.USAGE,
            "--where " + where.dataset() + " matches no dataset",
            "a cache is one dataset, " + Records.NAME + ": --where 'items=session:*'");
      }
    }
    if (!filter.columns().isEmpty()) {
      throw new GodwitException(
          ExitCode.USAGE, "items are read whole, not by columns", "leave --columns out");
    }
    if (!filter.takes(Records.NAME)) {
      throw new GodwitException(
          ExitCode.USAGE,
          "the filter '" + filter.scope() + "' leaves nothing",
          "a cache is one dataset, " + Records.NAME);
    }
  }

  @Override
  public StoreInfo info() {
    return servers.info();
  }

  @Override
  public Source source() {
    return source;
  }

  @Override
  public Catalogue catalogue() {
    return new Catalogue() {
      @Override
      public Stream<Dataset> datasets() {
        return Stream.of(dataset);
      }

      @Override
      public Stream<SchemaObject> objects() {
        return Stream.of();
      }

      @Override
      public boolean standsByRecords() {
        return true;
      }

      @Override
      public SortedMap<String, Long> notCarried() {
        return new TreeMap<>();
      }
    };
  }

  @Override
  public Reading reading() {
    return reading;
  }

  @Override
  public Conclusion conclude() {
    counts.lines().forEach(context.warnings());
    return new Conclusion(new ConsistencyPoint(Guarantee.FUZZY, ""), List.of());
  }

  @Override
  public void close() {}
}
