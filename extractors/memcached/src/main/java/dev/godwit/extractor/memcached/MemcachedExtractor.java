package dev.godwit.extractor.memcached;

import dev.godwit.extractor.memcached.read.MemcachedRun;
import dev.godwit.extractor.memcached.read.ReadOptions;
import dev.godwit.extractor.memcached.session.MemcachedServers;
import dev.godwit.extractor.memcached.value.Records;
import dev.godwit.spi.extract.ExtractRequest;
import dev.godwit.spi.extract.ExtractRun;
import dev.godwit.spi.extract.Extractor;
import dev.godwit.spi.run.PluginContext;
import dev.godwit.spi.store.Capability;
import dev.godwit.spi.store.Source;
import dev.godwit.spi.store.StoreInfo;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Some servers that are one cache; each reader has connections of its own. */
final class MemcachedExtractor implements Extractor {
  private final MemcachedServers servers;
  private final ReadOptions options;
  private final PluginContext context;

  MemcachedExtractor(MemcachedServers servers, ReadOptions options, PluginContext context) {
    this.servers = servers;
    this.options = options;
    this.context = context;
  }

  @Override
  public StoreInfo info() {
    return servers.info();
  }

  @Override
  public Set<Capability> capabilities() {
    return servers.all().size() > 1
        ? EnumSet.of(Capability.STABLE_BLOCKS, Capability.FILTER_RECORDS, Capability.PARALLEL_READ)
        : EnumSet.of(Capability.STABLE_BLOCKS, Capability.FILTER_RECORDS);
  }

  @Override
  public List<Source> sources() {
    return List.of(
        new Source(
            servers.info().identity() + "/" + Records.NAME,
            Records.NAME.last(),
            "memcached://" + servers.hosts()));
  }

  @Override
  public ExtractRun begin(ExtractRequest request) {
    return MemcachedRun.begin(servers, request, options, context);
  }

  @Override
  public void close() {}
}
