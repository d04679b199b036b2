package dev.godwit.cli.run;

import dev.godwit.cli.screen.Terminal;
import dev.godwit.spi.error.GodwitException;
import dev.godwit.spi.run.PluginContext;
import dev.godwit.spi.storage.Storage;
import dev.godwit.vault.Vault;
import dev.godwit.vault.key.KeyRing;
import dev.godwit.vault.key.WrongKeyException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * A vault that is opened at once where it exists, and made only when it is first needed where it
 * does not: a store that does not answer leaves no empty vault behind.
 */
public final class LazyVault implements AutoCloseable {
  private final Supplier<Storage> place;
  private final NewVault fresh;
  private final KeyRing ring;
  private Vault vault;
  private Optional<Path> writerKey = Optional.empty();

  private LazyVault(Supplier<Storage> place, NewVault fresh, KeyRing ring, Vault vault) {
    this.place = place;
    this.fresh = fresh;
    this.ring = ring;
    this.vault = vault;
  }

  /**
   * The vault in this place, to be written.
   *
   * @param keys what was given to open it
   * @param ring of these, whether to read too
   * @param fresh what it is made with where there is none; nothing if it must be there
   * @throws dev.godwit.spi.error.GodwitException as {@link Vault#open}; {@code WRONG_KEY} also
   *     where keys were given and the vault is plain
   */
  public static LazyVault of(
      String place,
      GivenKeys keys,
      KeyRing ring,
      Optional<NewVault> fresh,
      Terminal terminal,
      PluginContext context) {
    Supplier<Storage> open = () -> VaultPlaces.open(place, terminal, context);
    if (fresh.isPresent()) {
      try (Storage storage = open.get()) {
        if (!Vault.existsIn(storage)) {
          return new LazyVault(open, fresh.get().ready(), ring(fresh.get(), ring, keys), null);
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    Vault vault = Vault.open(open.get(), ring);
    try {
      if (vault.keys().writing().isEmpty()) {
        keys.refusePlain(vault.display());
        fresh.ifPresent(wanted -> wanted.refusePlain(vault.display()));
      }
    } catch (GodwitException e) {
      vault.close();
      throw e;
    }
    return new LazyVault(open, null, ring, vault);
  }

  /** Who makes a vault that others read, and means to read it, must be one of them. */
  private static KeyRing ring(NewVault fresh, KeyRing ring, GivenKeys keys) {
    boolean reads = fresh.passphrase().isPresent() || keys.identity().isPresent();
    if (ring.toRead() && fresh.encrypted() && !reads) {
      throw new WrongKeyException(
          "what is backed up is read again, and nothing given reads the new vault",
          "give --identity FILE of a --recipient, or --passphrase");
    }
    return ring;
  }

  /** The open vault. */
  public synchronized Vault get() {
    if (vault == null) {
      NewVault.Made made = fresh.in(place.get());
      vault = made.vault();
      writerKey = made.writerKey();
      if (fresh.encrypted() && ring.toRead()) {
        vault.close();
        vault = Vault.open(place.get(), fresh.toRead(ring));
      }
    }
    return vault;
  }

  /** The vault, where it exists by now. */
  public synchronized Optional<Vault> made() {
    return Optional.ofNullable(vault);
  }

  /** Where the key of its first writer was put, if it was made encrypted. */
  public synchronized Optional<Path> writerKey() {
    return writerKey;
  }

  @Override
  public synchronized void close() {
    if (vault != null) {
      vault.close();
    }
  }
}
