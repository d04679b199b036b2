package dev.godwit.extractor.redis;

import dev.godwit.extractor.redis.read.ReadOptions;
import dev.godwit.spi.extract.Extractor;
import dev.godwit.spi.extract.ExtractorProvider;
import dev.godwit.spi.run.PluginContext;
import dev.godwit.spi.store.OptionSpec;
import dev.godwit.spi.store.StoreAddress;
import java.util.List;
import java.util.Set;

/** Reads {@code redis://} and {@code rediss://}: Redis 5 and newer, and Valkey. */
public final class RedisExtractorProvider implements ExtractorProvider {

  @Override
  public Set<String> schemes() {
    return Set.of("redis", "rediss");
  }

  @Override
  public List<OptionSpec> options() {
    return ReadOptions.ALL;
  }

  @Override
  public Extractor open(StoreAddress address, PluginContext context) {
    return RedisExtractor.open(address, context);
  }
}
