package dev.godwit.extractor.mongodb;

import dev.godwit.extractor.mongodb.read.ReadOptions;
import dev.godwit.spi.extract.Extractor;
import dev.godwit.spi.extract.ExtractorProvider;
import dev.godwit.spi.run.PluginContext;
import dev.godwit.spi.store.OptionSpec;
import dev.godwit.spi.store.StoreAddress;
import java.util.List;
import java.util.Set;

/** Reads {@code mongodb://} and {@code mongodb+srv://}: MongoDB 4.4 and newer, and its like. */
public final class MongoExtractorProvider implements ExtractorProvider {

  @Override
  public Set<String> schemes() {
    return Set.of("mongodb", "mongodb+srv");
  }

  @Override
  public List<OptionSpec> options() {
    return ReadOptions.ALL;
  }

  @Override
  public Extractor open(StoreAddress address, PluginContext context) {
    return MongoExtractor.open(address, context);
  }
}
