package dev.godwit.vault.key;

import com.google.crypto.tink.subtle.AesSiv;
import dev.godwit.spi.store.Secret;
import dev.godwit.vault.file.Encryption.Argon2;
import dev.godwit.vault.file.Encryption.Entry;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;

/**
 * Wraps a vault's private key for each who may read: for an identity by HPKE to its public key, for
 * a passphrase by AES-256-SIV under what Argon2id makes of it. Bound to the vault's id and public
 * key and to the entry's own words.
 */
final class Wrapping {
  static final String X25519 = "x25519";
  static final String PASSPHRASE = "passphrase";

  /** What AES-SIV adds. */
  static final int SIV_OVERHEAD = 16;

  private static final HexFormat HEX = HexFormat.of();

  private final Derivation derivation;
  private final byte[] publicKey;

  Wrapping(String vaultId, byte[] publicKey) {
    this.derivation = new Derivation(vaultId);
    this.publicKey = publicKey.clone();
  }

  private static String newId() {
    return HEX.formatHex(WriterKeys.random(8));
  }

  private byte[] purpose(String id, String kind, String added, Optional<Argon2> argon2) {
    String words = id + ' ' + kind + ' ' + added;
    String how =
        argon2
            .map(a -> ' ' + a.salt() + ' ' + a.memoryKib() + ' ' + a.passes() + ' ' + a.lanes())
            .orElse(""); // not by a format: what is bound must be the same in every locale
    byte[] bytes = (words + how).getBytes(StandardCharsets.UTF_8);
    return derivation.bound("vault key", publicKey, bytes);
  }

  Entry wrap(byte[] privateKey, Recipient recipient, Instant added) {
    String id = newId();
    byte[] purpose = purpose(id, X25519, added.toString(), Optional.empty());
    byte[] wrapped = Hpke.seal(recipient.publicKey(), privateKey, purpose);
    return new Entry(id, X25519, added.toString(), recipient.hex(), null, HEX.formatHex(wrapped));
  }

  Entry wrap(byte[] privateKey, Secret passphrase, Instant added) {
    String id = newId();
    Argon2 how = Argon.fresh();
    byte[] purpose = purpose(id, PASSPHRASE, added.toString(), Optional.of(how));
    try {
      byte[] wrapped = siv(passphrase, how).encryptDeterministically(privateKey, purpose);
      return new Entry(id, PASSPHRASE, added.toString(), null, how, HEX.formatHex(wrapped));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e); // every Java has AES
    }
  }

  private AesSiv siv(Secret passphrase, Argon2 how) throws GeneralSecurityException {
    return new AesSiv(derivation.derive(Argon.key(passphrase, how), "passphrase", 64));
  }

  /** The private key, if the entry is of this identity. */
  byte[] unwrap(Entry entry, Identity identity) throws BentSealException {
    byte[] purpose = purpose(entry.id(), X25519, entry.added(), Optional.empty());
    return proven(Hpke.open(identity.privateKey(), HEX.parseHex(entry.wrapped()), purpose));
  }

  /** The private key, if the entry is of this passphrase. */
  byte[] unwrap(Entry entry, Secret passphrase) throws BentSealException {
    byte[] purpose = purpose(entry.id(), PASSPHRASE, entry.added(), Optional.of(entry.argon2()));
    try {
      AesSiv siv = siv(passphrase, entry.argon2());
      return proven(siv.decryptDeterministically(HEX.parseHex(entry.wrapped()), purpose));
    } catch (GeneralSecurityException e) {
      throw new BentSealException("is of another passphrase, or bent", e);
    }
  }

  private byte[] proven(byte[] privateKey) throws BentSealException {
    boolean fits =
        privateKey.length == 32 && java.util.Arrays.equals(Hpke.publicKey(privateKey), publicKey);
    if (!fits) {
      throw new BentSealException("holds the key of another vault");
    }
    return privateKey;
  }
}
