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

  /**
   * Opens the place; it need not hold a vault yet.
   *
   * @param work the folder of this process for what is not finished, such as {@code work/0a1b}.
   *     Whatever a process may leave behind when it is killed is listed below it, and goes away
   *     when what is listed there is deleted, so that the next writer can clear up.
   */
  Storage open(StoreAddress address, String work) throws IOException;
}
