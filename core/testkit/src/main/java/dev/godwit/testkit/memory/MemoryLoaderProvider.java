package dev.godwit.testkit.memory;

import dev.godwit.spi.error.ExitCode;
import dev.godwit.spi.error.GodwitException;
import dev.godwit.spi.load.Loader;
import dev.godwit.spi.load.LoaderProvider;
import dev.godwit.spi.run.PluginContext;
import dev.godwit.spi.store.OptionSpec;
import dev.godwit.spi.store.StoreAddress;
import java.util.List;
import java.util.Set;

/** Opens stores of a server for writing. */
record MemoryLoaderProvider(MemoryServer server) implements LoaderProvider {
  @Override
  public Set<String> schemes() {
    return Set.of("memory");
  }

  @Override
  public List<OptionSpec> options() {
    return List.of(
        OptionSpec.choice(
            "shape", List.of("typed", "documents", "stream"), "what a new store is like"));
  }

  @Override
  public Loader open(StoreAddress address, PluginContext context) {
    if (!server.answers(address.uri())) {
      throw new GodwitException(
          ExitCode.TARGET_UNREACHABLE,
          address.uri().display() + " does not answer",
          "write memory://here/NAME");
    }
    return new MemoryLoader(server, address, context);
  }
}
