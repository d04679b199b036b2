package dev.godwit.extractor.memcached;

import dev.godwit.extractor.memcached.read.ReadOptions;
import dev.godwit.extractor.memcached.session.MemcachedServers;
import dev.godwit.spi.extract.Extractor;
import dev.godwit.spi.extract.ExtractorProvider;
import dev.godwit.spi.run.PluginContext;
import dev.godwit.spi.store.OptionSpec;
import dev.godwit.spi.store.Role;
import dev.godwit.spi.store.StoreAddress;
import java.util.List;
import java.util.Set;

/** Reads {@code memcached://}: Memcached 1.6.10 and newer, one server or several. */
public final class MemcachedExtractorProvider implements ExtractorProvider {

  @Override
  public Set<String> schemes() {
    return Set.of("memcached");
  }

  @Override
  public List<OptionSpec> options() {
    return ReadOptions.ALL;
  }

  @Override
  public Extractor open(StoreAddress address, PluginContext context) {
    MemcachedServers servers = MemcachedServers.open(address, Role.SOURCE, context);
    return new MemcachedExtractor(servers, ReadOptions.of(address.options()), context);
  }
}
