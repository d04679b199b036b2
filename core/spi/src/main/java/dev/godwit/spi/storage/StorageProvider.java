package dev.godwit.spi.storage;

import dev.godwit.spi.store.OptionSpec;
import dev.godwit.spi.store.StoreAddress;
import java.io.IOException;
import java.util.List;
import java.util.Set;

/** Finds the storage of a scheme. Registered for {@link java.util.ServiceLoader}. */
public interface StorageProvider {
  /** The exact schemes that it serves, in lower case. */
  Set<String> schemes();

  /** The options that it takes. */
  List<OptionSpec> options();

  /** Opens the place; it need not hold a vault yet. */
  Storage open(StoreAddress address) throws IOException;
}
