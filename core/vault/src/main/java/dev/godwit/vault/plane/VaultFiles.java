package dev.godwit.vault.plane;

import dev.godwit.spi.storage.Storage;

/**
 * The files of an open vault: where they lie, and what whoever opened it can unseal. Safe for use
 * by many threads.
 */
public final class VaultFiles {
  private final Storage storage;

  /** Those of a vault that is not encrypted. */
  public VaultFiles(Storage storage) {
    this.storage = storage;
  }

  /** Where they lie. */
  public Storage storage() {
    return storage;
  }

  /** Begins to write for a source. */
  public VaultRun begin(String source) {
    return new PlainRun(this);
  }
}
