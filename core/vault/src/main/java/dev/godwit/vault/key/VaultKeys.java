package dev.godwit.vault.key;

import java.util.Optional;

/** What an open vault may be read and written with. Safe for use by many threads. */
public sealed interface VaultKeys permits NoKeys, WriterKeys, ReaderKeys {
  /** The keys of the writer plane; nothing where the vault is plain. */
  Optional<WriterKeys> writing();

  /**
   * The keys that read what was backed up; nothing where the vault is plain.
   *
   * @throws WrongKeyException where the vault is encrypted and only a writer's key is there
   */
  Optional<ReaderKeys> reading();
}
