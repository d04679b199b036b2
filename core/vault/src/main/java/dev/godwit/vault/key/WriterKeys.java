package dev.godwit.vault.key;

import com.google.crypto.tink.subtle.AesSiv;
import dev.godwit.vault.file.VaultFile;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import javax.crypto.Mac;

/**
 * What backs up: the key of the writer plane, which all writers share, a key of this writer's own,
 * and the vault's public key. Nothing of the reader plane opens with it.
 */
public final class WriterKeys implements VaultKeys {
  private static final int SIV_BYTES = 64;

  private final Derivation derivation;
  private final byte[] publicKey;
  private final byte[] planeKey;
  private final byte[] writerKey;
  private final Map<Plane, AesSiv> planes = new ConcurrentHashMap<>();

  WriterKeys(String vaultId, byte[] publicKey, byte[] planeKey, byte[] writerKey) {
    this.derivation = new Derivation(vaultId);
    this.publicKey = publicKey.clone();
    this.planeKey = planeKey.clone();
    this.writerKey = writerKey.clone();
  }

  /** Made when it is first used: most runs seal in few planes. */
  private AesSiv siv(Plane plane) {
    return planes.computeIfAbsent(
        plane,
        part -> {
          try {
            return new AesSiv(derivation.derive(planeKey, "plane " + part.label(), SIV_BYTES));
          } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e); // every Java has AES
          }
        });
  }

  @Override
  public Optional<WriterKeys> writing() {
    return Optional.of(this);
  }

  @Override
  public Optional<ReaderKeys> reading() {
    throw new WrongKeyException(
        "a writer key reads nothing of what was backed up",
        "give --identity FILE or a passphrase (--passphrase-file, --passphrase-command,"
            + " GODWIT_VAULT_PASSPHRASE)");
  }

  /** This writer's id, 32 hexadecimal digits, made of its own key. */
  public String writerId() {
    return HexFormat.of().formatHex(derivation.derive(writerKey, "writer id", 16));
  }

  /**
   * Seals in the writer plane: AES-256-SIV (RFC 5297), 16 bytes longer. The same bytes give the
   * same, so that equal files stay one.
   *
   * @param aad what the piece is bound to
   */
  public byte[] seal(Plane part, byte[] plain, byte[] aad) {
    try {
      return siv(part).encryptDeterministically(plain, aad);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e); // only a piece near 2 GiB fails
    }
  }

  /** Opens what any writer of the vault sealed. */
  public byte[] open(Plane part, byte[] sealed, byte[] aad) throws BentSealException {
    try {
      return siv(part).decryptDeterministically(sealed, aad);
    } catch (GeneralSecurityException e) {
      throw new BentSealException("is bent, or is another piece than it should be", e);
    }
  }

  /** A new HMAC-SHA256 that all writers of the vault share, for one kind of thing. */
  public Mac mac(Plane part) {
    return derivation.mac(planeKey, "mac " + part.label());
  }

  /** The domain in which this writer's blocks of a source are stored once. */
  public Domain domain(String source) {
    return new Domain(derivation, derivation.derive(writerKey, "domain", source));
  }

  /** A new HMAC-SHA256 under this writer's own key, for its chain of the audit. */
  public Mac audit() {
    return derivation.mac(writerKey, "audit");
  }

  /** A fresh key for what one run writes. This process may read with it; later ones may not. */
  public DataKey newDataKey() {
    byte[] key = random(DataKey.BYTES);
    return new DataKey(key, Hpke.seal(publicKey, key, derivation.bound("data key")));
  }

  /** This writer's own key, sealed for readers. */
  byte[] sealedOwnKey() {
    return Hpke.seal(publicKey, writerKey, derivation.bound("writer key"));
  }

  Mac writerFileMac() {
    return derivation.mac(planeKey, "writer file");
  }

  /** The same vault, with another writer's own key. */
  WriterKeys of(String vaultId, byte[] ownKey) {
    return new WriterKeys(vaultId, publicKey, planeKey, ownKey);
  }

  /** A key for one more writer. */
  WriterKey another(String vaultId) {
    return new WriterKey(vaultId, publicKey, planeKey, random(32));
  }

  /** The same vault.json with its mac. */
  VaultFile proving(VaultFile file) {
    return file.withMac(HexFormat.of().formatHex(macOf(file)));
  }

  /** Whether somebody with the writer plane's key wrote this vault.json. */
  boolean proves(VaultFile file) {
    byte[] mac = HexFormat.of().parseHex(file.encryption().orElseThrow().mac());
    return MessageDigest.isEqual(mac, macOf(file));
  }

  private byte[] macOf(VaultFile file) {
    return derivation.mac(planeKey, "vault.json").doFinal(file.beforeMac());
  }

  static byte[] random(int bytes) {
    byte[] random = new byte[bytes];
    new SecureRandom().nextBytes(random);
    return random;
  }
}
