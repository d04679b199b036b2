package dev.godwit.mapping.mask;

import dev.godwit.spi.store.Secret;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The key that masks are made with. Whoever has it can find a masked value by trying; whoever has
 * not can tell no more than which values are equal.
 */
public final class MaskKey {
  /** A key is at least this long: 16 characters. */
  public static final int LEAST = 16;

  private static final String ALGORITHM = "HmacSHA256";

  private final SecretKeySpec key;

  /**
   * A key of any text.
   *
   * @throws IllegalArgumentException if it is too short to be one
   */
  public MaskKey(Secret text) {
    if (text.reveal().length() < LEAST) {
      throw new IllegalArgumentException("a key has at least " + LEAST + " characters");
    }
    this.key = new SecretKeySpec(text.reveal().getBytes(StandardCharsets.UTF_8), ALGORITHM);
  }

  /** HMAC-SHA-256 (RFC 2104, FIPS 180-4) with this key. For one thread; reused after each use. */
  Mac mac() {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(key);
      return mac;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e); // every Java platform has it
    }
  }

  /** The same for the same key; what it was made of cannot be found from it. */
  String mark() {
    byte[] mark = mac().doFinal(new byte[] {'g', 'w', 'm', 1});
    return HexFormat.of().formatHex(mark, 0, 8);
  }
}
