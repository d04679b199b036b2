package dev.godwit.extractor.postgresql;

import dev.godwit.extractor.postgresql.read.PostgresRun;
import dev.godwit.extractor.postgresql.read.ReadOptions;
import dev.godwit.extractor.postgresql.session.Sessions;
import dev.godwit.spi.extract.ConsistencyPoint;
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

/** A PostgreSQL server. It holds no connection of its own; each run opens those that it needs. */
final class PostgresExtractor implements Extractor {
  private final PluginContext context;
  private final Sessions sessions;
  private final ReadOptions options;
  private final ServerLook server;

  PostgresExtractor(StoreAddress address, PluginContext context) {
    this.context = context;
    this.sessions = new Sessions(address, Role.SOURCE, context.cancellation());
    this.options =
        new ReadOptions(
            address.options().number("lock-timeout"),
            address.options().on("foreign-tables"),
            address.options().on(PostgresExtractorProvider.SECRETS.key()),
            address.options().on(PostgresExtractorProvider.ROLES.key()));
    this.server = ServerLook.at(sessions, context);
  }

  @Override
  public StoreInfo info() {
    return server.info();
  }

  @Override
  public Set<Capability> capabilities() {
    Set<Capability> promised =
        EnumSet.of(
            Capability.FILTER_RECORDS,
            Capability.CHOOSE_COLUMNS,
            Capability.QUERY,
            Capability.STABLE_BLOCKS);
    if (PostgresRun.readsInParallel(server.version())) {
      promised.add(Capability.PARALLEL_READ);
    }
    if (options.guarantee() == ConsistencyPoint.Guarantee.SNAPSHOT) {
      promised.add(Capability.CONSISTENT_SNAPSHOT);
    }
    return promised;
  }

  @Override
  public List<Source> sources() {
    return server.databases().stream()
        .map(
            database ->
                new Source(
                    server.info().identity() + "/" + database,
                    database,
                    "postgresql://" + sessions.display() + "/" + database))
        .toList();
  }

  @Override
  public ExtractRun begin(ExtractRequest request) {
    return PostgresRun.begin(sessions, server.info(), request, options, context);
  }

  @Override
  public void close() {}
}
