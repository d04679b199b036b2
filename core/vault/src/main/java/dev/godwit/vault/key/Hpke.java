package dev.godwit.vault.key;

import com.google.crypto.tink.AccessesPartialKey;
import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.google.crypto.tink.LowLevelCryptoCaller;
import com.google.crypto.tink.hybrid.HpkeParameters;
import com.google.crypto.tink.hybrid.HpkePrivateKey;
import com.google.crypto.tink.hybrid.HpkePublicKey;
import com.google.crypto.tink.hybrid.subtle.HpkeDecrypt;
import com.google.crypto.tink.hybrid.subtle.HpkeEncrypt;
import com.google.crypto.tink.subtle.X25519;
import com.google.crypto.tink.util.Bytes;
import com.google.crypto.tink.util.SecretBytes;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;

/**
 * Seals to a public key: HPKE (RFC 9180), base mode, X25519, HKDF-SHA256, AES-256-GCM. What comes
 * out is the ephemeral public key (32 bytes), the sealed bytes, and a tag (16).
 */
@AccessesPartialKey // keys lie in Godwit's own files, not in Tink's key sets
@LowLevelCryptoCaller
final class Hpke {
  /** What sealing adds. */
  static final int OVERHEAD = 32 + 16;

  private Hpke() {}

  /** A new private key, 32 bytes. */
  static byte[] newPrivateKey() {
    return X25519.generatePrivateKey();
  }

  /** The public key that belongs to a private one. */
  static byte[] publicKey(byte[] privateKey) {
    try {
      return X25519.publicFromPrivate(privateKey);
    } catch (InvalidKeyException e) {
      throw new IllegalArgumentException("a private key has 32 bytes", e);
    }
  }

  private static HpkeParameters parameters() throws GeneralSecurityException {
    return HpkeParameters.builder()
        .setKemId(HpkeParameters.KemId.DHKEM_X25519_HKDF_SHA256)
        .setKdfId(HpkeParameters.KdfId.HKDF_SHA256)
        .setAeadId(HpkeParameters.AeadId.AES_256_GCM)
        .setVariant(HpkeParameters.Variant.NO_PREFIX)
        .build();
  }

  private static HpkePublicKey key(byte[] publicKey) throws GeneralSecurityException {
    return HpkePublicKey.create(parameters(), Bytes.copyFrom(publicKey), null);
  }

  /**
   * Seals for who has the private key, bound to a purpose.
   *
   * @throws IllegalArgumentException if the public key is none
   */
  static byte[] seal(byte[] publicKey, byte[] plain, byte[] purpose) {
    try {
      return HpkeEncrypt.create(key(publicKey)).encrypt(plain, purpose);
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException("no public key of X25519", e);
    }
  }

  /** Opens what was sealed for the same purpose. */
  static byte[] open(byte[] privateKey, byte[] sealed, byte[] purpose) throws BentSealException {
    try {
      HpkePrivateKey key =
          HpkePrivateKey.create(
              key(publicKey(privateKey)),
              SecretBytes.copyFrom(privateKey, InsecureSecretKeyAccess.get()));
      return HpkeDecrypt.create(key).decrypt(sealed, purpose);
    } catch (GeneralSecurityException | RuntimeException e) {
      throw new BentSealException("was not sealed for this key, or is bent", e);
    }
  }
}
