package dev.godwit.extractor.redis.read;

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
import java.util.stream.Stream;
import redis.clients.jedis.exceptions.JedisDataException;

/** A server's databases, as of one instant where it lets us join as a replica. */
public final class RedisRun implements ExtractRun {
  private final RedisServer server;
  private final Source source;
  private final Selection selection;
  private final Definitions definitions;
  private final Optional<ReplicaLink> link;
  private final Reading reading;
  private final PluginContext context;

  private RedisRun(
      RedisServer server,
      Source source,
      Selection selection,
      Definitions definitions,
      Optional<ReplicaLink> link,
      PluginContext context) {
    this.server = server;
    this.source = source;
    this.selection = selection;
    this.definitions = definitions;
    this.link = link;
    this.context = context;
    this.reading =
        link.isPresent()
            ? new ReplicaReading(link.get(), selection, context)
            : new ScanReading(server, selection, context);
  }

  /**
   * Begins to read.
   *
   * @throws dev.godwit.spi.error.GodwitException {@code USAGE} where the filter matches nothing
   */
  public static RedisRun begin(
      RedisServer server,
      ExtractRequest request,
      ReadOptions options,
      Reach reach,
      PluginContext context) {
    context.cancellation().check();
    try (RedisConnection connection = server.connect()) {
      Selection selection =
          new Selection(RedisServer.databases(connection), server.database(), request.filter());
      Definitions definitions =
          new Definitions(
              server, connection, selection.whole(), options.users(), context.warnings());
      Optional<ReplicaLink> link =
          reach.asReplica() ? join(server, options, context) : Optional.empty();
      return new RedisRun(server, request.source(), selection, definitions, link, context);
    }
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
    return link.map(joined -> new ScanReading(server, selection, context));
  }

  @Override
  public Conclusion conclude() {
    if (reading instanceof ScanReading scan && scan.vanished() > 0) {
      context
          .warnings()
          .accept(scan.vanished() + " keys were deleted or had expired before they could be read");
    }
    ConsistencyPoint point =
        link.map(joined -> new ConsistencyPoint(Guarantee.SNAPSHOT, joined.point()))
            .orElse(new ConsistencyPoint(Guarantee.FUZZY, ""));
    return new Conclusion(point, List.of());
  }

  @Override
  public void close() {
    link.ifPresent(ReplicaLink::close);
  }
}
