package dev.godwit.extractor.redis.read;

import dev.godwit.extractor.redis.session.Cluster;
import dev.godwit.extractor.redis.session.RedisConnection;
import dev.godwit.extractor.redis.session.RedisServer;
import dev.godwit.extractor.redis.value.Records;
import dev.godwit.spi.dataset.Catalogue;
import dev.godwit.spi.dataset.Dataset;
import dev.godwit.spi.dataset.SchemaObject;
import dev.godwit.spi.extract.ConsistencyPoint;
import dev.godwit.spi.extract.ConsistencyPoint.Guarantee;
import dev.godwit.spi.extract.ExtractRequest;
import dev.godwit.spi.extract.ExtractRun;
import dev.godwit.spi.extract.Reading;
import dev.godwit.spi.run.PluginContext;
import dev.godwit.spi.store.Source;
import dev.godwit.spi.store.StoreInfo;
import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import redis.clients.jedis.exceptions.JedisDataException;

/**
 * A server's databases: as of one instant where it lets us join as a replica; of a cluster as of an
 * instant for each primary.
 */
public final class RedisRun implements ExtractRun {
  private final RedisServer server;
  private final Source source;
  private final Selection selection;
  private final Definitions definitions;
  private final PluginContext context;
  private final Tally tally = new Tally();
  private final Optional<Cluster> cluster;
  private final Optional<ReplicaLink> link;
  private final Guarantee guarantee;
  private final Reading reading;

  /**
   * Begins to read.
   *
   * @param cluster whose node the server is; empty where it is none
   * @throws dev.godwit.spi.error.GodwitException {@code USAGE} where the filter matches nothing
   */
  public RedisRun(
      RedisServer server,
      Optional<Cluster> cluster,
      ExtractRequest request,
      ReadOptions options,
      Reach reach,
      PluginContext context) {
    context.cancellation().check();
    this.server = server;
    this.cluster = cluster;
    this.source = request.source();
    this.context = context;
    List<RedisServer> servers = cluster.map(Cluster::primaries).orElse(List.of(server));
    this.selection = new Selection(listed(servers), server.database(), request.filter());
    try (RedisConnection connection = server.connect()) {
      this.definitions =
          new Definitions(
              server, connection, selection.whole(), options.roles(), context.warnings());
    }
    this.link =
        reach.asReplica() && cluster.isEmpty() ? join(server, options, context) : Optional.empty();
    if (link.isPresent()) {
      this.guarantee = Guarantee.SNAPSHOT;
      this.reading = new ReplicaReading(link.get(), selection, tally, context);
    } else if (reach.asReplica() && cluster.isPresent()) {
      this.guarantee = Guarantee.PER_PARTITION;
      this.reading = new Shards(servers, this::asReplica, context);
    } else {
      this.guarantee = Guarantee.FUZZY;
      this.reading = new Shards(servers, (one, database) -> byScan(one, database, tally), context);
    }
  }

  private static SortedMap<Integer, Long> listed(List<RedisServer> servers) {
    SortedMap<Integer, Long> all = new TreeMap<>();
    for (RedisServer one : servers) {
      try (RedisConnection connection = one.connect()) {
        RedisServer.databases(connection)
            .forEach((database, keys) -> all.merge(database, keys, Long::sum));
      }
    }
    return all;
  }

  private static Optional<ReplicaLink> join(
      RedisServer server, ReadOptions options, PluginContext context) {
    try {
      return Optional.of(ReplicaLink.open(server, context.cancellation()));
    } catch (JedisDataException e) {
      String why = String.valueOf(e.getMessage());
      if (options.reading() == ReadOptions.Way.REPLICA) {
        throw Reach.refused(server, why);
      }
      context.warnings().accept("read by SCAN, which shows no one instant: PSYNC: " + why);
      return Optional.empty();
    } catch (IOException e) {
      throw server.failures().of("cannot join as a replica", "PSYNC", e);
    }
  }

  /** Each primary is joined when its turn comes: one that waits to send drops who does not read. */
  private KeyValue.Source asReplica(RedisServer primary, int database) {
    try {
      return new ReplicaKeys(ReplicaLink.open(primary, context.cancellation()), selection, tally);
    } catch (JedisDataException e) {
      throw Reach.refused(primary, String.valueOf(e.getMessage()));
    } catch (IOException e) {
      throw primary.failures().of("cannot join as a replica", "PSYNC", e);
    }
  }

  private KeyValue.Source byScan(RedisServer one, int database, Tally counts) {
    return new ScanKeys(one, database, selection.pattern(database), counts, context.cancellation());
  }

  @Override
  public StoreInfo info() {
    return server.info();
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
        return selection.taken().entrySet().stream()
            .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
            .map(taken -> Records.dataset(taken.getKey(), taken.getValue()));
      }

      @Override
      public Stream<SchemaObject> objects() {
        return definitions.objects().stream();
      }

      @Override
      public boolean standsByRecords() {
        return definitions.objects().isEmpty();
      }

      @Override
      public SortedMap<String, Long> notCarried() {
        return definitions.notCarried();
      }
    };
  }

  @Override
  public Reading reading() {
    return reading;
  }

  /** By SCAN: a replica is shown an instant once. */
  @Override
  public Optional<Reading.Partitioned> later() {
    return link.map(
        joined ->
            new Shards(
                List.of(server), (one, database) -> byScan(one, database, new Tally()), context));
  }

  @Override
  public Conclusion conclude() {
    cluster.ifPresent(Cluster::unmoved);
    tally.tell(context.warnings());
    ConsistencyPoint point =
        new ConsistencyPoint(guarantee, link.map(ReplicaLink::point).orElse(""));
    return new Conclusion(point, List.of());
  }

  @Override
  public void close() {
    link.ifPresent(ReplicaLink::close);
  }
}
