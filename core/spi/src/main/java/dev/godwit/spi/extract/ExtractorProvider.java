package dev.godwit.spi.extract;

import dev.godwit.spi.run.PluginContext;
import dev.godwit.spi.store.OptionSpec;
import dev.godwit.spi.store.StoreAddress;
import java.util.List;
import java.util.Set;

/** Finds the extractor of a scheme. Registered for {@link java.util.ServiceLoader}. */
public interface ExtractorProvider {
  /** The exact schemes of the URIs that it reads, in lower case. */
  Set<String> schemes();

  /** The options that it takes. */
  List<OptionSpec> options();

  /**
   * Opens a store for reading.
   *
   * @throws dev.godwit.spi.error.GodwitException {@code SOURCE_UNREACHABLE} where host, login or
   *     database do not answer
   */
  Extractor open(StoreAddress address, PluginContext context);
}
