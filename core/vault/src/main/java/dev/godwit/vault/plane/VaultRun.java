package dev.godwit.vault.plane;

import dev.godwit.spi.storage.Storage;

/** A run that writes into a vault, and what its files are sealed with. */
public sealed interface VaultRun permits PlainRun, SealedRun {
  /** The vault that is written into. */
  VaultFiles files();

  /** Where it lies. */
  default Storage storage() {
    return files().storage();
  }

  /**
   * What may be said where everybody reads it.
   *
   * @param what is done, such as {@code backup}
   * @param whose records
   */
  String inTheOpen(String what, String whose);
}
