package dev.godwit.cli.run;

import dev.godwit.cli.screen.Terminal;
import dev.godwit.spi.error.GodwitException;
import dev.godwit.spi.run.PluginContext;
import dev.godwit.spi.storage.Storage;
import dev.godwit.vault.Vault;
import dev.godwit.vault.VaultExistsException;
import dev.godwit.vault.key.KeyRing;
import dev.godwit.vault.key.WrongKeyException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * A vault that is opened at once where it exists, and made only when it is first needed where it
 * does not: a store that does not answer leaves no empty vault behind. Where another run made one
 * meanwhile, that is taken, if it suits. The run's trail closes it.
 */
public final class LazyVault {
  private static final int MOST_LOOKS = 50;
  private static final long BETWEEN_LOOKS_NANOS = 200_000_000;

  private final Supplier<Storage> place;
  private final GivenKeys keys;
  private final boolean keyWasThere;
  private final NewVault fresh;
  private final KeyRing ring;
  private final Trail trail;
  private final PluginContext context;
  private Vault vault;
  private Optional<Path> writerKey = Optional.empty();

  private LazyVault(
      Supplier<Storage> place,
      GivenKeys keys,
      NewVault fresh,
      KeyRing ring,
      Trail trail,
      PluginContext context,
      Vault vault) {
    this.place = place;
    this.keys = keys;
    this.keyWasThere = keys.writerKey().named().filter(Files::exists).isPresent();
    this.fresh = fresh;
    this.ring = ring;
    this.trail = trail;
    this.context = context;
    this.vault = vault;
  }

  /**
   * The vault in this place, to be written.
   *
   * @param keys what was given to open it
   * @param ring of these, whether to read too
   * @param fresh what it is made with where there is none; nothing if it must be there
   * @param trail of the run, which takes the vault
   * @throws dev.godwit.spi.error.GodwitException as {@link Vault#open}; {@code WRONG_KEY} also
   *     where keys were given and the vault is plain
   */
  public static LazyVault of(
      String place,
      GivenKeys keys,
      KeyRing ring,
      Optional<NewVault> fresh,
      Terminal terminal,
      Trail trail,
      PluginContext context) {
    Supplier<Storage> open = () -> VaultPlaces.open(place, terminal, context);
    if (fresh.isPresent()) {
      try (Storage storage = open.get()) {
        if (!Vault.existsIn(storage)) {
          return new LazyVault(
              open, keys, fresh.get().ready(), ring(fresh.get(), ring, keys), trail, context, null);
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    Vault vault = opened(open, keys, ring, made -> fresh.ifPresent(f -> f.refusePlain(made)));
    return new LazyVault(open, keys, null, ring, trail, context, trail.opened(vault, context));
  }

  private static Vault opened(
      Supplier<Storage> place, GivenKeys keys, KeyRing ring, Consumer<Vault> suits) {
    Vault vault = Vault.open(place.get(), ring);
    try {
      if (vault.keys().writing().isEmpty()) {
        keys.refusePlain(vault.display());
      }
      suits.accept(vault);
      return vault;
    } catch (GodwitException e) {
      vault.close();
      throw e;
    }
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
      vault = trail.opened(make().orElseGet(this::ofAnother), context);
    }
    return vault;
  }

  /** Nothing where another run made one since it was looked whether there is any. */
  private Optional<Vault> make() {
    NewVault.Made made;
    try {
      made = fresh.in(place.get());
    } catch (GodwitException e) {
      if (e instanceof VaultExistsException || isMadeByAnother()) {
        return Optional.empty();
      }
      throw e;
    }
    writerKey = made.writerKey();
    if (fresh.encrypted() && ring.toRead()) {
      made.vault().close();
      return Optional.of(Vault.open(place.get(), fresh.toRead(ring)));
    }
    return Optional.of(made.vault());
  }

  /** Whether another run has just written the same writer key, and makes the vault of it. */
  private boolean isMadeByAnother() {
    boolean key = !keyWasThere && fresh.writerKey().named().filter(Files::exists).isPresent();
    for (int look = 0; key && look < MOST_LOOKS; look++) {
      try (Storage storage = place.get()) {
        if (Vault.existsIn(storage)) {
          return true;
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      LockSupport.parkNanos(BETWEEN_LOOKS_NANOS);
      context.cancellation().check();
    }
    return false;
  }

  private Vault ofAnother() {
    KeyRing opening = ring.toRead() ? fresh.toRead(ring) : ring;
    return opened(place, keys, opening, fresh::requireSuiting);
  }

  /** The vault, where it exists by now. */
  public synchronized Optional<Vault> made() {
    return Optional.ofNullable(vault);
  }

  /** Where the key of its first writer was put, if it was made encrypted. */
  public synchronized Optional<Path> writerKey() {
    return writerKey;
  }
}
