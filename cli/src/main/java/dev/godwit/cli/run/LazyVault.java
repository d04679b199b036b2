package dev.godwit.cli.run;

import dev.godwit.cli.screen.Terminal;
import dev.godwit.spi.run.PluginContext;
import dev.godwit.spi.storage.Storage;
import dev.godwit.vault.Vault;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * A vault that is opened at once where it exists, and made only when it is first needed where it
 * does not: a store that does not answer leaves no empty vault behind. The run's trail closes it.
 */
public final class LazyVault {
  private final Supplier<Storage> place;
  private final Trail trail;
  private final PluginContext context;
  private Vault vault;

  private LazyVault(Supplier<Storage> place, Trail trail, PluginContext context, Vault vault) {
    this.place = place;
    this.trail = trail;
    this.context = context;
    this.vault = vault;
  }

  /**
   * The vault in this place.
   *
   * @param make whether it may be made where there is none
   * @param trail of the run, which takes the vault
   * @throws dev.godwit.spi.error.GodwitException as {@link Vault#open}
   */
  public static LazyVault of(
      String place, boolean make, Terminal terminal, Trail trail, PluginContext context) {
    Supplier<Storage> open = () -> VaultPlaces.open(place, terminal, context);
    if (make) {
      try (Storage storage = open.get()) {
        if (!Vault.existsIn(storage)) {
          return new LazyVault(open, trail, context, null);
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return new LazyVault(open, trail, context, trail.opened(Vault.open(open.get()), context));
  }

  /** The open vault. */
  public synchronized Vault get() {
    if (vault == null) {
      vault = trail.opened(Vault.create(place.get()), context);
    }
    return vault;
  }

  /** The vault, where it exists by now. */
  public synchronized Optional<Vault> made() {
    return Optional.ofNullable(vault);
  }
}
