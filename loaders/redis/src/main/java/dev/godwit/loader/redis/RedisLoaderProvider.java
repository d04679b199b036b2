package dev.godwit.loader.redis;

import dev.godwit.extractor.redis.session.RedisServer;
import dev.godwit.spi.load.Loader;
import dev.godwit.spi.load.LoaderProvider;
import dev.godwit.spi.run.PluginContext;
import dev.godwit.spi.store.OptionSpec;
import dev.godwit.spi.store.Role;
import dev.godwit.spi.store.StoreAddress;
import java.util.List;
import java.util.Set;

/** Writes {@code redis://} and {@code rediss://}: Redis 5 and newer, and Valkey. */
public final class RedisLoaderProvider implements LoaderProvider {

  @Override
  public Set<String> schemes() {
    return Set.of("redis", "rediss");
  }

  @Override
  public List<OptionSpec> options() {
    return LoadOptions.ALL;
  }

  @Override
  public Loader open(StoreAddress address, PluginContext context) {
    RedisServer server = RedisServer.open(address, Role.TARGET, context);
    return new RedisLoader(server, LoadOptions.of(address.options()), context);
  }
}
