package dev.godwit.extractor.redis;

import dev.godwit.extractor.redis.read.Reach;
import dev.godwit.extractor.redis.read.ReadOptions;
import dev.godwit.extractor.redis.read.RedisRun;
import dev.godwit.extractor.redis.session.Cluster;
import dev.godwit.extractor.redis.session.RedisServer;
import dev.godwit.spi.extract.ExtractRequest;
import dev.godwit.spi.extract.ExtractRun;
import dev.godwit.spi.extract.Extractor;
import dev.godwit.spi.run.PluginContext;
import dev.godwit.spi.store.Capability;
import dev.godwit.spi.store.Role;
import dev.godwit.spi.store.Source;
import dev.godwit.spi.store.StoreAddress;
import dev.godwit.spi.store.StoreInfo;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A server; each run has connections of its own. */
final class RedisExtractor implements Extractor {
  private final RedisServer server;
  private final ReadOptions options;
  private final Reach reach;
  private final PluginContext context;
  private final Optional<Cluster> cluster;

  private RedisExtractor(RedisServer server, ReadOptions options, PluginContext context) {
    this.server = server;
    this.options = options;
    this.context = context;
    this.cluster = server.clustered() ? Optional.of(Cluster.of(server)) : Optional.empty();
    this.reach = Reach.of(server, options.reading());
  }

  static RedisExtractor open(StoreAddress address, PluginContext context) {
    RedisServer server = RedisServer.open(address, Role.SOURCE, context);
    return new RedisExtractor(server, ReadOptions.of(address.options()), context);
  }

  @Override
  public StoreInfo info() {
    return server.info();
  }

  @Override
  public Set<Capability> capabilities() {
    Set<Capability> all = EnumSet.of(Capability.FILTER_RECORDS);
    if (cluster.isPresent()) {
      all.add(Capability.PARALLEL_READ);
    } else if (reach.asReplica()) {
      all.add(Capability.CONSISTENT_SNAPSHOT);
    }
    return all;
  }

  @Override
  public List<Source> sources() {
    String database = server.database().map(number -> "db" + number).orElse("all");
    String path = server.database().map(number -> "/" + number).orElse("");
    return List.of(
        new Source(
            server.info().identity() + "/" + database,
            database,
            "redis://" + server.host() + path));
  }

  @Override
  public ExtractRun begin(ExtractRequest request) {
    request.refuseQueries("Redis");
    reach
        .refusal()
        .filter(why -> options.reading() == ReadOptions.Way.BEST)
        .ifPresent(
            why -> context.warnings().accept("read by SCAN, which shows no one instant: " + why));
    return new RedisRun(server, cluster, request, options, reach, context);
  }

  @Override
  public void close() {}
}
