package dev.godwit.cli.run;

import dev.godwit.cli.screen.Terminal;
import dev.godwit.spi.error.ExitCode;
import dev.godwit.spi.error.GodwitException;
import dev.godwit.spi.run.PluginContext;
import dev.godwit.spi.store.Secret;
import dev.godwit.vault.Vault;
import dev.godwit.vault.key.Identity;
import dev.godwit.vault.key.KeyRing;
import dev.godwit.vault.key.LastSeen;
import dev.godwit.vault.key.Recipient;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The keys that a command line and its environment give for vaults.
 *
 * @param terminal where a person is asked
 * @param identity file of one who reads
 * @param writerKey where this host's lies
 * @param passphrase where it comes from
 */
public record GivenKeys(
    Terminal terminal,
    Optional<Path> identity,
    WriterKeyPlace writerKey,
    PasswordPlaces passphrase) {
  /** Of the environment. */
  public static final String PASSPHRASE = "GODWIT_VAULT_PASSPHRASE";

  /** Opens a vault to read what was backed up into it; the trail closes it. */
  public Vault openToRead(String place, Trail trail, PluginContext context) {
    return trail.opened(
        Vault.open(VaultPlaces.open(place, terminal, context), toRead(context)), context);
  }

  /**
   * Opens a vault to change it, or to look at its writer plane; the trail closes it.
   *
   * @throws GodwitException as {@link #refusePlain}
   */
  public Vault openToWrite(String place, Trail trail, PluginContext context) {
    Vault vault = Vault.open(VaultPlaces.open(place, terminal, context), toWrite(context));
    try {
      if (vault.keys().writing().isEmpty()) {
        refusePlain(vault.display());
      }
    } catch (GodwitException e) {
      vault.close();
      throw e;
    }
    return trail.opened(vault, context);
  }

  /**
   * To open vaults that will be read: a writer key alone does not do where a person can be asked.
   */
  public KeyRing toRead(PluginContext context) {
    return ring(context, true);
  }

  /** To open vaults of which the writer plane is enough. */
  public KeyRing toWrite(PluginContext context) {
    return ring(context, false);
  }

  private KeyRing ring(PluginContext context, boolean toRead) {
    return new KeyRing(
        () -> identity.map(Identity::read), passwords(context), writerKey::read, toRead);
  }

  private Passwords passwords(PluginContext context) {
    return new Passwords(terminal, passphrase, Optional.empty(), context.cancellation());
  }

  private boolean passphraseNamed() {
    return passphrase.command().isPresent() || passphrase.file().isPresent();
  }

  /** What was given, in the words of the command line; nothing if a vault may be plain. */
  public Optional<String> named() {
    if (identity.isPresent()) {
      return Optional.of("an identity");
    }
    if (writerKey.named().isPresent()) {
      return Optional.of("a writer key");
    }
    boolean variable = !terminal.environment().getOrDefault(passphrase.variable(), "").isEmpty();
    return variable || passphraseNamed() ? Optional.of("a passphrase") : Optional.empty();
  }

  /**
   * Whoever gives keys means to keep what he backs up from others: a plain vault may have been put
   * in the place of an encrypted one.
   *
   * @throws GodwitException {@code WRONG_KEY} if keys were given, or an encrypted vault was seen
   *     there by this host's writer key
   */
  public void refusePlain(String display) {
    named()
        .ifPresent(
            what -> {
              throw new GodwitException(
                  ExitCode.WRONG_KEY,
                  display + " is not encrypted, and " + what + " was given for it",
                  "look whether it is the right place; without keys it is backed up into as it is");
            });
    writerKey
        .folder()
        .flatMap(folder -> LastSeen.keyFor(display, folder))
        .ifPresent(
            seen -> {
              throw new GodwitException(
                  ExitCode.WRONG_KEY,
                  display + " is not encrypted, and was when it was seen last",
                  "somebody replaced the vault; if it was you, remove " + seen);
            });
  }

  /** A passphrase that is let into a vault. */
  public Secret chosen(PasswordPlaces places, String display, PluginContext context) {
    return new Passwords(terminal, places, Optional.empty(), context.cancellation())
        .chosen(display);
  }

  /**
   * What a new vault is made with.
   *
   * @param recipients who may read
   * @param asked whether it is to have a passphrase
   * @throws GodwitException {@code USAGE} if keys were given that a new vault does not take
   */
  public NewVault newVault(List<Recipient> recipients, boolean asked, PluginContext context) {
    boolean wanted = asked || passphraseNamed();
    if (recipients.isEmpty() && !wanted && named().isPresent()) {
      throw new GodwitException(
          ExitCode.USAGE,
          named().get() + " was given, and the new vault would be plain",
          "say who may read it: --recipient or --passphrase");
    }
    Optional<Supplier<Secret>> secret =
        wanted ? Optional.of(() -> passwords(context).chosen("the new vault")) : Optional.empty();
    return new NewVault(recipients, secret, writerKey);
  }
}
