package dev.godwit.cli.run;

import dev.godwit.cli.screen.Terminal;
import dev.godwit.spi.error.ExitCode;
import dev.godwit.spi.error.GodwitException;
import dev.godwit.spi.run.PluginContext;
import dev.godwit.spi.storage.Storage;
import dev.godwit.spi.store.PasswordSource;
import dev.godwit.vault.Places;
import java.io.File;
import java.util.Optional;

/** Opens the places of vaults that a command line names. */
public final class VaultPlaces {
  private static final PasswordPlaces PASSWORD = PasswordPlaces.ofVariable("GODWIT_VAULT_PASSWORD");

  private VaultPlaces() {}

  /** Whether a place is a file or a pipe, as a tar is, and so no place that holds a vault. */
  public static boolean isTar(String place) {
    boolean isPath = !place.matches("[A-Za-z][A-Za-z0-9+.-]+:.*");
    return isPath && (place.equals("-") || new File(place).isFile());
  }

  /**
   * Opens a place, which need not hold a vault. A place that asks for a password gets that of
   * {@code GODWIT_VAULT_PASSWORD}, or what a person types.
   *
   * @throws dev.godwit.spi.error.GodwitException as {@link Places#open(String)}
   */
  public static Storage open(String place, Terminal terminal, PluginContext context) {
    if (isTar(place)) {
      throw new GodwitException(
          ExitCode.USAGE,
          (place.equals("-") ? "standard input" : place) + " is no folder of a vault",
          "a tar of a vault is unpacked with 'tar xf'; only 'godwit restore' reads it as it is");
    }
    PasswordSource passwords =
        new Passwords(terminal, PASSWORD, Optional.empty(), context.cancellation());
    if (place.matches("sftp://[^/@]*:[^/]*@.*")) {
      context
          .warnings()
          .accept(
              "the password in the vault's address can be seen in the process list; better is"
                  + " GODWIT_VAULT_PASSWORD");
    }
    return Places.open(place, passwords);
  }
}
