package dev.godwit.spi.load;

import dev.godwit.spi.run.PluginContext;
import dev.godwit.spi.store.OptionSpec;
import dev.godwit.spi.store.StoreAddress;
import java.util.List;
import java.util.Set;

/** Finds the loader of a scheme. Registered for {@link java.util.ServiceLoader}. */
public interface LoaderProvider {
  /** The exact schemes of the URIs that it writes, in lower case. */
  Set<String> schemes();

  /** The options that it takes. */
  List<OptionSpec> options();

  /**
   * Opens a store for writing. Nothing is written yet; the database may still be missing.
   *
   * @throws dev.godwit.spi.error.GodwitException {@code TARGET_UNREACHABLE} where host or login do
   *     not answer
   */
  Loader open(StoreAddress address, PluginContext context);
}
