package dev.godwit.vault.key;

import dev.godwit.spi.store.PasswordSource;
import dev.godwit.spi.store.Secret;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * What a user gave to open vaults with. Nothing of it is looked for until an encrypted vault is
 * opened.
 *
 * @param identity read from its file
 * @param passphrase given, or asked of a person
 * @param writerKey this host's for a vault of this id
 * @param toRead whether what was backed up will be read, so that a person is asked for the
 *     passphrase even where a writer key opens the vault
 */
public record KeyRing(
    Supplier<Optional<Identity>> identity,
    PasswordSource passphrase,
    Function<String, Optional<WriterKey>> writerKey,
    boolean toRead) {

  /** No key at all. */
  public static KeyRing empty() {
    return new KeyRing(Optional::empty, PasswordSource.NONE, id -> Optional.empty(), false);
  }

  /**
   * The same for a copy of a vault, which may be an older one, and lies where the vault does not:
   * what this host saw last of the vault is neither held against it nor forgotten for it. That it
   * has the vault's own keys is proven all the same.
   */
  public KeyRing toReadCopy() {
    return new KeyRing(
        identity, passphrase, id -> writerKey.apply(id).map(WriterKey::withoutFile), true);
  }

  /** One identity. */
  public static KeyRing of(Identity identity) {
    return new KeyRing(
        () -> Optional.of(identity), PasswordSource.NONE, id -> Optional.empty(), true);
  }

  /** One passphrase. */
  public static KeyRing of(Secret passphrase) {
    return new KeyRing(
        Optional::empty, PasswordSource.of(passphrase), id -> Optional.empty(), true);
  }

  /** One writer key. */
  public static KeyRing of(WriterKey key) {
    return new KeyRing(Optional::empty, PasswordSource.NONE, id -> Optional.of(key), false);
  }
}
