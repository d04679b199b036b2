package dev.godwit.spi.aside;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Makes the bytes of a temporary file unreadable to all but this process: AES-256 in counter mode
 * under a key that is never written down, so that what is set aside for an encrypted vault does not
 * stay on the disk of the host. Each place of the file is written once. No tampering is found; the
 * file is this process's own. Used by one thread at a time.
 */
final class Veil {
  private static final int BLOCK = 16;

  private final SecretKeySpec key;
  private final Cipher cipher; // one for all: it works out the rounds of a key once

  Veil() {
    byte[] random = new byte[32];
    new SecureRandom().nextBytes(random);
    this.key = new SecretKeySpec(random, "AES");
    try {
      this.cipher = Cipher.getInstance("AES/CTR/NoPadding");
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e); // every Java has AES in counter mode
    }
  }

  /** Veils bytes that belong at an offset of the file, or unveils them: both are the same. */
  void apply(long offset, byte[] bytes, int from, int count) {
    try {
      byte[] counter = ByteBuffer.allocate(BLOCK).putLong(8, offset / BLOCK).array();
      cipher.init(Cipher.ENCRYPT_MODE, key, new IvParameterSpec(counter));
      int skipped = (int) (offset % BLOCK);
      cipher.update(new byte[skipped], 0, skipped, new byte[BLOCK]);
      int done = cipher.update(bytes, from, count, bytes, from);
      cipher.doFinal(bytes, from + done);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e); // the counter is as long as a block
    }
  }
}
