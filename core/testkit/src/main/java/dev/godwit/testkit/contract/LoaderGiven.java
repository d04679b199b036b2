package dev.godwit.testkit.contract;

import dev.godwit.spi.extract.ExtractorProvider;
import dev.godwit.spi.load.LoaderProvider;
import dev.godwit.spi.name.DatasetName;
import java.util.Optional;

/** What a plugin supplies to the contract tests of loaders. */
public interface LoaderGiven {
  /** The plugin. */
  LoaderProvider provider();

  /** Reads the same engine: the sample, and what was loaded. */
  ExtractorProvider reader();

  /** The store to be loaded from; the same at each call, so make it once. */
  LoaderSample sample();

  /** Names a new and empty target, another at each call. */
  String emptyTarget();

  /**
   * Names a target whose database does not exist, another at each call; needed where the plugin
   * promises {@link dev.godwit.spi.store.Capability#CREATE_DATABASE}.
   */
  default Optional<String> missingTarget() {
    return Optional.empty();
  }

  /**
   * Whether a target can be opened for reading. In some stores a database that holds nothing is not
   * there.
   */
  default boolean isThere(String targetUri) {
    return true;
  }

  /** What a dataset of the sample is called in a target, where databases are part of names. */
  default DatasetName inTarget(String targetUri, DatasetName name) {
    return name;
  }

  /** Another name that a dataset of the sample can be given; none of the sample has it. */
  default DatasetName newName() {
    return DatasetName.of("contract_renamed");
  }
}
