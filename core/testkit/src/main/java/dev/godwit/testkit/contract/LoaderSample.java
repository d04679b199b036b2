package dev.godwit.testkit.contract;

import dev.godwit.spi.store.PasswordSource;
import java.util.List;

/**
 * A filled store of the loader's own engine, which the contract tests read and load elsewhere.
 *
 * <p>It should hold at least two datasets with rows, a value over 8 MiB, a dataset of several
 * partitions where the engine reads in parallel, and definitions of every phase where the engine
 * has any. Keep it small: it is loaded some twenty times.
 *
 * @param uri names the store, one source of it
 * @param password opens it, and the targets too
 * @param unreachable addresses of targets that must fail
 */
public record LoaderSample(String uri, PasswordSource password, List<String> unreachable) {
  /** Copies the list. */
  public LoaderSample {
    unreachable = List.copyOf(unreachable);
  }
}
