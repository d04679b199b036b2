package dev.godwit.vault.key;

import com.google.crypto.tink.subtle.Hkdf;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Makes a key for one purpose out of another: HKDF-SHA256 (RFC 5869). The salt is the vault's id,
 * so that keys of two vaults never meet; the info is the purpose in words, behind {@code godwit},
 * and what follows it behind a zero byte.
 */
final class Derivation {
  private static final String MAC = "HmacSHA256";

  private final byte[] vault;

  /** For the keys of one vault. */
  Derivation(String vaultId) {
    this.vault = HexFormat.of().parseHex(vaultId);
  }

  /** A key of so many bytes. */
  byte[] derive(byte[] from, String purpose, int bytes) {
    return derive(from, info(purpose), bytes);
  }

  /** A key of 32 bytes for a purpose and what it is for. */
  byte[] derive(byte[] from, String purpose, String of) {
    return derive(from, info(purpose, of.getBytes(StandardCharsets.UTF_8)), 32);
  }

  private byte[] derive(byte[] from, byte[] info, int bytes) {
    try {
      return Hkdf.computeHkdf(MAC, from, vault, info, bytes);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e); // every Java has HMAC-SHA256
    }
  }

  /** HMAC-SHA256 under a key derived for a purpose. Each call makes a new one. */
  Mac mac(byte[] from, String purpose) {
    return mac(derive(from, purpose, 32));
  }

  /** HMAC-SHA256 under this very key. */
  static Mac mac(byte[] key) {
    try {
      Mac mac = Mac.getInstance(MAC);
      mac.init(new SecretKeySpec(key, MAC));
      return mac;
    } catch (NoSuchAlgorithmException | InvalidKeyException e) {
      throw new IllegalStateException(e); // every Java has HMAC-SHA256
    }
  }

  /** The bytes that bind a purpose, this vault, and more. */
  byte[] bound(String purpose, byte[]... more) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.writeBytes(info(purpose, vault));
    for (byte[] part : more) {
      bytes.writeBytes(part);
    }
    return bytes.toByteArray();
  }

  private static byte[] info(String purpose) {
    return ("godwit " + purpose).getBytes(StandardCharsets.US_ASCII);
  }

  private static byte[] info(String purpose, byte[] of) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.writeBytes(info(purpose));
    bytes.write(0);
    bytes.writeBytes(of);
    return bytes.toByteArray();
  }
}
