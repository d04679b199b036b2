package dev.godwit.vault.volume;

import dev.godwit.spi.record.Sha256;
import dev.godwit.vault.key.Domain;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import javax.crypto.Mac;

/**
 * What shows that a volume was written in a domain: every writer of a vault can seal a block table,
 * but only one has the domain's key.
 *
 * @param hash of the volume's header and its sealed block table
 * @param mac over the hash under the domain's key
 */
@SuppressWarnings("ArrayRecordComponent") // never compared; made and asked in this package only
record VolumeProof(byte[] hash, byte[] mac) {
  /** How long a proof is, in bytes. */
  static final int BYTES = 32;

  private static final byte[] WHAT = "volume".getBytes(StandardCharsets.US_ASCII);

  /** The hash of what is proven. */
  static byte[] hash(byte[] header, byte[] sealedTable) {
    MessageDigest sha256 = Sha256.begin();
    sha256.update(header);
    return sha256.digest(sealedTable);
  }

  /** Proves that a volume is of a domain. */
  static byte[] mac(Domain domain, byte[] hash) {
    Mac mac = domain.segments();
    mac.update(WHAT);
    mac.update(ByteBuffer.wrap(hash));
    return mac.doFinal();
  }

  boolean isOf(Domain domain) {
    return MessageDigest.isEqual(mac, mac(domain, hash));
  }
}
