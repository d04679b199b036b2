package dev.godwit.vault.key;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * The key of the reader plane of one run: AES-256-GCM with a random nonce for each piece, which
 * bounds one key to 2^32 pieces (NIST SP 800-38D, 8.3): 16 PiB of blocks of 4 MiB. Safe for use by
 * many threads.
 */
public final class DataKey {
  /** How many bytes longer a piece becomes: a nonce of 12 ahead, a tag of 16 behind. */
  public static final int OVERHEAD = 12 + 16;

  /** Of its own key, in bytes. */
  static final int BYTES = 32;

  private static final int NONCE = 12;
  private static final int TAG_BITS = 128;

  /**
   * Bytes that go into the cipher at a time. The JVM uses the processor's instructions only where
   * the caller of a loop was compiled, and calls count: 150 MB in a new JVM 17 take 0.5 s of
   * processor time so, and 1.1 s in whole pieces.
   */
  private static final int STEP = 1 << 10;

  private final SecretKeySpec key;
  private final byte[] sealed;
  private final SecureRandom random = new SecureRandom();

  /** A cipher that has met its key keeps the round keys; making them takes as long as a piece. */
  private final ThreadLocal<Cipher> ciphers = ThreadLocal.withInitial(DataKey::newCipher);

  DataKey(byte[] key, byte[] sealed) {
    this.key = new SecretKeySpec(key, "AES");
    this.sealed = sealed.clone();
  }

  /** The key sealed to the vault's public key, 80 bytes: only readers open it. */
  public byte[] sealed() {
    return sealed.clone();
  }

  /**
   * Encrypts the rest of a buffer.
   *
   * @param aad what the piece is bound to, such as its id
   * @param into with room for {@link #OVERHEAD} bytes more; not the same memory
   */
  public void encrypt(ByteBuffer plain, byte[] aad, ByteBuffer into) {
    byte[] nonce = new byte[NONCE];
    random.nextBytes(nonce);
    try {
      Cipher cipher = cipher(Cipher.ENCRYPT_MODE, nonce, aad);
      into.put(nonce);
      byte[] step = new byte[STEP];
      byte[] sealedStep = new byte[STEP + TAG_BITS / 8];
      while (plain.remaining() > STEP) {
        plain.get(step);
        into.put(sealedStep, 0, cipher.update(step, 0, STEP, sealedStep, 0));
      }
      int rest = plain.remaining();
      plain.get(step, 0, rest);
      into.put(sealedStep, 0, cipher.doFinal(step, 0, rest, sealedStep, 0));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e); // every Java has AES-GCM; the caller gave room
    }
  }

  /**
   * Decrypts the rest of a buffer. What was put into the other one counts only if nothing is
   * thrown.
   *
   * @param into with room for {@link #OVERHEAD} bytes less; not the same memory
   */
  public void decrypt(ByteBuffer sealedPiece, byte[] aad, ByteBuffer into)
      throws BentSealException {
    if (sealedPiece.remaining() < OVERHEAD) {
      throw new BentSealException("is too short to be sealed");
    }
    byte[] nonce = new byte[NONCE];
    sealedPiece.get(nonce);
    try {
      cipher(Cipher.DECRYPT_MODE, nonce, aad).doFinal(sealedPiece, into);
    } catch (AEADBadTagException e) {
      throw new BentSealException("is bent, or is another piece than it should be", e);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e); // every Java has AES-GCM; the caller gave room
    }
  }

  private Cipher cipher(int mode, byte[] nonce, byte[] aad) throws GeneralSecurityException {
    Cipher cipher = ciphers.get();
    cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
    cipher.updateAAD(aad);
    return cipher;
  }

  private static Cipher newCipher() {
    try {
      return Cipher.getInstance("AES/GCM/NoPadding");
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e); // every Java has AES-GCM
    }
  }
}
