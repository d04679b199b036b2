package dev.godwit.loader.memcached;

import dev.godwit.extractor.memcached.session.MemcachedServers;
import dev.godwit.spi.load.Loader;
import dev.godwit.spi.load.LoaderProvider;
import dev.godwit.spi.run.PluginContext;
import dev.godwit.spi.store.OptionSpec;
import dev.godwit.spi.store.Role;
import dev.godwit.spi.store.StoreAddress;
import java.util.List;
import java.util.Set;

/** Writes {@code memcached://}: Memcached 1.6.10 and newer, one server or several. */
public final class MemcachedLoaderProvider implements LoaderProvider {

  @Override
  public Set<String> schemes() {
    return Set.of("memcached");
  }

  @Override
  public List<OptionSpec> options() {
    return LoadOptions.ALL;
  }

  @Override
  public Loader open(StoreAddress address, PluginContext context) {
    LoadOptions options = LoadOptions.of(address.options());
    MemcachedServers servers = MemcachedServers.open(address, Role.TARGET, context);
    return new MemcachedLoader(servers, options, options.placement(servers.all()), context);
  }
}
