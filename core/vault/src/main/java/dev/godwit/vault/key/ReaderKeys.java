package dev.godwit.vault.key;

import java.util.Optional;

/** What opens everything: the vault's private key, from an identity or a passphrase. */
public final class ReaderKeys implements VaultKeys {
  private final String vaultId;
  private final Derivation derivation;
  private final byte[] privateKey;
  private final WriterKeys writer;

  ReaderKeys(String vaultId, byte[] privateKey, WriterKeys writer) {
    this.vaultId = vaultId;
    this.derivation = new Derivation(vaultId);
    this.privateKey = privateKey.clone();
    this.writer = writer;
  }

  @Override
  public Optional<WriterKeys> writing() {
    return Optional.of(writer);
  }

  @Override
  public Optional<ReaderKeys> reading() {
    return Optional.of(this);
  }

  /** What writes: this host's own writer key where it has one, else one that all readers share. */
  public WriterKeys writer() {
    return writer;
  }

  /**
   * Opens the key of what some run wrote.
   *
   * @param sealed as {@link DataKey#sealed()} gave it
   * @throws BentSealException if it was not sealed for this vault, or is bent
   */
  public DataKey open(byte[] sealed) throws BentSealException {
    byte[] key = Hpke.open(privateKey, sealed, derivation.bound("data key"));
    if (key.length != DataKey.BYTES) {
      throw new BentSealException("is no key");
    }
    return new DataKey(key, sealed);
  }

  /** A key for one more writer, such as another host. */
  public WriterKey newWriter() {
    return writer.another(vaultId);
  }

  /** The keys of the writer whose own key this is. */
  WriterKeys writer(byte[] sealedOwnKey) throws BentSealException {
    byte[] ownKey = Hpke.open(privateKey, sealedOwnKey, derivation.bound("writer key"));
    return writer.of(vaultId, ownKey);
  }

  byte[] privateKey() {
    return privateKey.clone();
  }
}
