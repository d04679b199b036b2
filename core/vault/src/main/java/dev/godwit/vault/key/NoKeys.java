package dev.godwit.vault.key;

import java.util.Optional;

/** Those of a plain vault: none. */
public enum NoKeys implements VaultKeys {
  /** There is only one nothing. */
  PLAIN;

  @Override
  public Optional<WriterKeys> writing() {
    return Optional.empty();
  }

  @Override
  public Optional<ReaderKeys> reading() {
    return Optional.empty();
  }
}
