package dev.godwit.extractor.mongodb;

import dev.godwit.extractor.mongodb.read.Instant;
import dev.godwit.extractor.mongodb.read.MongoRun;
import dev.godwit.extractor.mongodb.read.ReadOptions;
import dev.godwit.extractor.mongodb.session.MongoConnection;
import dev.godwit.spi.error.ExitCode;
import dev.godwit.spi.error.GodwitException;
import dev.godwit.spi.extract.ConsistencyPoint.Guarantee;
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
import java.util.Set;

/** A MongoDB server, one connection pool for all of its runs. */
final class MongoExtractor implements Extractor {
  /** What belongs to the server and not to its users. */
  private static final Set<String> ITS_OWN = Set.of("admin", "config", "local");

  private final MongoConnection server;
  private final ReadOptions options;
  private final PluginContext context;
  private final List<String> databases;
  private final Guarantee guarantee;

  private MongoExtractor(MongoConnection server, ReadOptions options, PluginContext context) {
    this.server = server;
    this.options = options;
    this.context = context;
    this.databases = databases(server);
    this.guarantee = Instant.reachable(server, databases.get(0), options.consistency());
  }

  static MongoExtractor open(StoreAddress address, PluginContext context) {
    MongoConnection server = MongoConnection.open(address, Role.SOURCE, context);
    try {
      return new MongoExtractor(server, ReadOptions.of(address.options()), context);
    } catch (RuntimeException e) {
      server.close();
      throw e;
    }
  }

  private static List<String> databases(MongoConnection server) {
    List<String> all = server.databases();
    if (!server.path().isEmpty()) {
      if (all.contains(server.path())) {
        return List.of(server.path());
      }
      throw new GodwitException(
          ExitCode.SOURCE_UNREACHABLE,
          server.host() + " has no database '" + server.path() + "'",
          all.isEmpty() ? "it shows none to this user" : "it has " + String.join(", ", all));
    }
    List<String> users = all.stream().filter(name -> !ITS_OWN.contains(name)).sorted().toList();
    if (users.isEmpty()) {
      throw new GodwitException(
          ExitCode.SOURCE_UNREACHABLE,
          server.host() + " has no databases",
          "name one in the URI, or check what the user may list");
    }
    return users;
  }

  @Override
  public StoreInfo info() {
    return server.info();
  }

  @Override
  public Set<Capability> capabilities() {
    Set<Capability> promised =
        EnumSet.of(Capability.PARALLEL_READ, Capability.FILTER_RECORDS, Capability.STABLE_BLOCKS);
    if (guarantee == Guarantee.SNAPSHOT) {
      promised.add(Capability.CONSISTENT_SNAPSHOT);
    }
    return promised;
  }

  @Override
  public List<Source> sources() {
    return databases.stream()
        .map(
            database ->
                new Source(
                    server.info().identity() + "/" + database,
                    database,
                    "mongodb://" + server.host() + "/" + database))
        .toList();
  }

  @Override
  public ExtractRun begin(ExtractRequest request) {
    request.refuseQueries(info().engine());
    return MongoRun.begin(server, request, options, guarantee, context);
  }

  @Override
  public void close() {
    server.close();
  }
}
