package dev.godwit.vault.plane;

import dev.godwit.spi.storage.Storage;

/** A run that writes into a vault, and what its files are sealed with. */
public sealed interface VaultRun permits PlainRun {
  /** The vault that is written into. */
  VaultFiles files();

  /** Where it lies. */
  default Storage storage() {
    return files().storage();
  }
}
