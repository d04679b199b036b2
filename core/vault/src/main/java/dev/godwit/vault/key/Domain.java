package dev.godwit.vault.key;

import java.util.HexFormat;
import javax.crypto.Mac;

/**
 * Within which blocks are stored once: one writer's blocks of one source. Another writer cannot
 * make a block that this one would take for its own, and who lacks the key cannot tell whether a
 * vault holds some text.
 */
public final class Domain {
  private final Derivation derivation;
  private final byte[] key;

  Domain(Derivation derivation, byte[] key) {
    this.derivation = derivation;
    this.key = key;
  }

  /** A new HMAC-SHA256 that makes ids of blocks of their plain bytes. */
  public Mac blockIds() {
    return derivation.mac(key, "block ids");
  }

  /** A new HMAC-SHA256 that proves segments of the index. */
  public Mac segments() {
    return derivation.mac(key, "segments");
  }

  /** Its name in paths, 32 hexadecimal digits that say nothing of the source. */
  public String name() {
    return HexFormat.of().formatHex(derivation.derive(key, "domain name", 16));
  }
}
