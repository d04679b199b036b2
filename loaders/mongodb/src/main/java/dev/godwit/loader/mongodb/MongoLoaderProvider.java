package dev.godwit.loader.mongodb;

import dev.godwit.extractor.mongodb.session.MongoConnection;
import dev.godwit.spi.load.Loader;
import dev.godwit.spi.load.LoaderProvider;
import dev.godwit.spi.run.PluginContext;
import dev.godwit.spi.store.OptionSpec;
import dev.godwit.spi.store.Role;
import dev.godwit.spi.store.StoreAddress;
import java.util.List;
import java.util.Set;

/** Writes {@code mongodb://} and {@code mongodb+srv://}. */
public final class MongoLoaderProvider implements LoaderProvider {

  @Override
  public Set<String> schemes() {
    return Set.of("mongodb", "mongodb+srv");
  }

  @Override
  public List<OptionSpec> options() {
    return LoadOptions.ALL;
  }

  @Override
  public Loader open(StoreAddress address, PluginContext context) {
    MongoConnection server = MongoConnection.open(address, Role.TARGET, context);
    return new MongoLoader(server, LoadOptions.of(address.options()), context);
  }
}
