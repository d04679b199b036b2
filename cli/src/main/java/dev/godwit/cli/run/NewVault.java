package dev.godwit.cli.run;

import dev.godwit.spi.error.ExitCode;
import dev.godwit.spi.error.GodwitException;
import dev.godwit.spi.storage.Storage;
import dev.godwit.spi.store.PasswordSource;
import dev.godwit.spi.store.Secret;
import dev.godwit.vault.Vault;
import dev.godwit.vault.VaultExistsException;
import dev.godwit.vault.key.KeyRing;
import dev.godwit.vault.key.NewEncryption;
import dev.godwit.vault.key.Recipient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * A vault that is about to be made. The key of its first writer is written before it, so that no
 * vault is left that this host cannot back up into.
 *
 * @param recipients who may read
 * @param passphrase that may read, found when the vault is made
 * @param writerKey where the writer's key goes
 */
public record NewVault(
    List<Recipient> recipients, Optional<Supplier<Secret>> passphrase, WriterKeyPlace writerKey) {

  /** The same, with the passphrase found now. */
  NewVault ready() {
    Optional<Secret> found = passphrase.map(Supplier::get);
    return new NewVault(recipients, found.map(secret -> () -> secret), writerKey);
  }

  /**
   * What opens it for reading once it is made.
   *
   * @param given what was given to open vaults
   */
  KeyRing toRead(KeyRing given) {
    return passphrase
        .map(
            secret ->
                new KeyRing(
                    Optional::empty, PasswordSource.of(secret.get()), given.writerKey(), true))
        .orElse(given);
  }

  /**
   * A vault that was made.
   *
   * @param vault open
   * @param writerKey where its writer's key lies, if it is encrypted
   */
  public record Made(Vault vault, Optional<Path> writerKey) {}

  /** Whether it is to be encrypted. */
  public boolean encrypted() {
    return !recipients.isEmpty() || passphrase.isPresent();
  }

  /**
   * Whoever asks for an encrypted vault does not take a plain one that is there.
   *
   * @throws GodwitException {@code WRONG_KEY} if it was to be encrypted
   */
  void refusePlain(Vault there) {
    if (encrypted() && there.keys().writing().isEmpty()) {
      throw new GodwitException(
          ExitCode.WRONG_KEY,
          there.display() + " is there and is not encrypted",
          "look whether it is the right place, or make an encrypted vault in another");
    }
  }

  /**
   * Makes sure that a vault that another run made meanwhile is what this one was to be.
   *
   * @throws GodwitException {@code WRONG_KEY} if it is plain, or who was to read it does not
   */
  void requireSuiting(Vault made) {
    refusePlain(made);
    for (Recipient recipient : recipients) {
      if (!made.admits(recipient)) {
        throw new GodwitException(
            ExitCode.WRONG_KEY,
            "another run made " + made.display() + " meanwhile, and not for " + recipient,
            "back up into it as it is, or let that one in first: godwit key add --recipient");
      }
    }
  }

  /**
   * Makes it. What fails leaves nothing behind, and the storage closed.
   *
   * @throws dev.godwit.vault.VaultExistsException where another run was faster
   */
  public Made in(Storage storage) {
    Path[] kept = new Path[1];
    try {
      Optional<NewEncryption> encryption =
          encrypted() ? Optional.of(encryption(kept)) : Optional.empty();
      Vault vault = Vault.create(storage, encryption);
      return new Made(vault, Optional.ofNullable(kept[0]));
    } catch (RuntimeException | Error e) {
      if (kept[0] != null && (e instanceof VaultExistsException || !isThere(storage))) {
        forget(kept[0], e);
      }
      close(storage, e);
      throw e;
    }
  }

  private NewEncryption encryption(Path[] kept) {
    return new NewEncryption(
        recipients,
        passphrase.map(Supplier::get),
        key -> {
          Path file = writerKey.toWrite(key.vaultId());
          key.write(file);
          kept[0] = file;
        });
  }

  /** Where its file got there and its name could not be synced, the key opens it; also in doubt. */
  private static boolean isThere(Storage storage) {
    try {
      return Vault.existsIn(storage);
    } catch (GodwitException e) {
      return true;
    }
  }

  /** The key of a vault that was not made opens nothing. */
  private static void forget(Path key, Throwable why) {
    try {
      Files.deleteIfExists(key);
    } catch (IOException e) {
      why.addSuppressed(e);
    }
  }

  private static void close(Storage storage, Throwable why) {
    try {
      storage.close();
    } catch (IOException | RuntimeException e) {
      why.addSuppressed(e);
    }
  }
}
