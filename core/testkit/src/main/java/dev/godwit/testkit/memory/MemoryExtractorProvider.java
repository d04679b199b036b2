package dev.godwit.testkit.memory;

import dev.godwit.spi.error.ExitCode;
import dev.godwit.spi.error.GodwitException;
import dev.godwit.spi.extract.Extractor;
import dev.godwit.spi.extract.ExtractorProvider;
import dev.godwit.spi.run.PluginContext;
import dev.godwit.spi.store.OptionSpec;
import dev.godwit.spi.store.StoreAddress;
import java.util.List;
import java.util.Set;

/** Opens stores of a server for reading. */
record MemoryExtractorProvider(MemoryServer server) implements ExtractorProvider {
  @Override
  public Set<String> schemes() {
    return Set.of("memory");
  }

  @Override
  public List<OptionSpec> options() {
    return List.of(
        OptionSpec.number("batch-rows", 100, "rows of a batch"),
        OptionSpec.number("partition-rows", 250, "rows of a partition"));
  }

  @Override
  public Extractor open(StoreAddress address, PluginContext context) {
    MemoryStore store =
        server
            .find(address.uri())
            .orElseThrow(
                () ->
                    new GodwitException(
                        ExitCode.SOURCE_UNREACHABLE,
                        address.uri().display() + " does not answer",
                        "make the store first"));
    return new MemoryExtractor(store, address, context);
  }
}
