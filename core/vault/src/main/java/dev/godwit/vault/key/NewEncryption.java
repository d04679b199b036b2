package dev.godwit.vault.key;

import dev.godwit.spi.store.Secret;
import dev.godwit.vault.file.Encryption;
import dev.godwit.vault.file.Encryption.Entry;
import dev.godwit.vault.file.VaultFile;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * What an encrypted vault is made with.
 *
 * @param recipients identities that may read
 * @param passphrase that may read
 * @param keep told the key of the vault's first writer before the vault is made; must keep it, or
 *     throw so that none is made
 */
public record NewEncryption(
    List<Recipient> recipients, Optional<Secret> passphrase, Consumer<WriterKey> keep) {

  /**
   * Holds who may read.
   *
   * @throws IllegalArgumentException if that is nobody
   */
  public NewEncryption {
    recipients = recipients.stream().distinct().toList();
    if (recipients.isEmpty() && passphrase.isEmpty()) {
      throw new IllegalArgumentException("a vault that nobody may read");
    }
  }

  /**
   * A new vault's file with its keys, and what writes with them.
   *
   * @param file with keys
   * @param keys of the writer
   */
  public record Made(VaultFile file, WriterKeys keys) {}

  /** Makes the keys of a new vault. */
  public Made make(VaultFile plain) {
    byte[] privateKey = Hpke.newPrivateKey();
    byte[] publicKey = Hpke.publicKey(privateKey);
    byte[] planeKey = WriterKeys.random(32);
    WriterKey writer = new WriterKey(plain.id(), publicKey, planeKey, WriterKeys.random(32));
    WriterKeys keys = writer.keys();
    Wrapping wrapping = new Wrapping(plain.id(), publicKey);
    List<Entry> entries = new ArrayList<>();
    recipients.forEach(r -> entries.add(wrapping.wrap(privateKey, r, plain.created())));
    passphrase.ifPresent(p -> entries.add(wrapping.wrap(privateKey, p, plain.created())));
    HexFormat hex = HexFormat.of();
    byte[] purpose = new Derivation(plain.id()).bound("plane key");
    Encryption encryption =
        new Encryption(
            hex.formatHex(publicKey),
            hex.formatHex(Hpke.seal(publicKey, planeKey, purpose)),
            1,
            entries,
            "");
    VaultFile file = keys.proving(plain.with(encryption));
    keep.accept(writer);
    return new Made(file, keys);
  }
}
