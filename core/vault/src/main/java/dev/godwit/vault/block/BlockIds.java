package dev.godwit.vault.block;

import dev.godwit.spi.record.Sha256;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import javax.crypto.Mac;

/** What names blocks by their uncompressed bytes. Used by one thread at a time. */
public interface BlockIds {
  /** The id of the bytes that remain in a buffer. */
  BlockId of(ByteBuffer raw);

  /** What an HMAC-SHA256 under a secret key gives. */
  static BlockIds keyed(Mac mac) {
    return raw -> {
      mac.update(raw);
      return BlockId.of(mac.doFinal());
    };
  }

  /** The SHA-256 of the bytes. */
  static BlockIds hashes() {
    MessageDigest sha256 = Sha256.begin();
    return raw -> {
      sha256.update(raw);
      return BlockId.of(sha256.digest());
    };
  }
}
