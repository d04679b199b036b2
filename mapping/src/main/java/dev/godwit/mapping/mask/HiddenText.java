package dev.godwit.mapping.mask;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import javax.crypto.Mac;

/**
 * Puts {@value #LENGTH} letters and digits in the place of a text, always the same for the same
 * text: 80 bits of an HMAC-SHA-256, so that two texts of a billion are not taken for one. Used by
 * one thread.
 */
final class HiddenText {
  /** How long it is where the column takes as much. */
  static final int LENGTH = 16;

  private static final byte[] PURPOSE = {'g', 'w', 't', 1};
  private static final String LETTERS = "abcdefghijkmnpqrstuvwxyz23456789";

  private final Mac mac;

  HiddenText(MaskKey key) {
    this.mac = key.mac();
  }

  /** What stands for the text, in UTF-8, no longer than {@code most} characters. */
  byte[] of(byte[] text, int most) {
    mac.update(PURPOSE);
    return letters(mac.doFinal(text), most);
  }

  /** As {@link #of(byte[], int)}, for a text that is read to its end. */
  byte[] of(InputStream text, int most) throws IOException {
    mac.update(PURPOSE);
    byte[] piece = new byte[1 << 16];
    for (int read; (read = text.read(piece)) >= 0; ) {
      mac.update(piece, 0, read);
    }
    return letters(mac.doFinal(), most);
  }

  private static byte[] letters(byte[] digest, int most) {
    byte[] letters = new byte[Math.min(LENGTH, most)];
    long bits = 0;
    int held = 0;
    int at = 0;
    for (int i = 0; i < letters.length; i++) {
      if (held < 5) {
        bits = (bits << 8) | (digest[at++] & 0xff);
        held += 8;
      }
      held -= 5;
      letters[i] = (byte) LETTERS.charAt((int) (bits >>> held) & 31);
    }
    return letters;
  }

  /**
   * Of {@code name@host} the name hidden and the host kept; all hidden where there is no {@code @}.
   */
  byte[] keepingDomain(byte[] address, int most) {
    int at = address.length - 1;
    while (at >= 0 && address[at] != '@') {
      at--;
    }
    if (at < 0) {
      return of(address, most);
    }
    String domain = new String(address, at, address.length - at, StandardCharsets.UTF_8);
    int room = most - domain.codePointCount(0, domain.length());
    if (room < Math.min(LENGTH, most) / 2) {
      return of(address, most); // nearly all of it would be the host
    }
    byte[] name = of(Arrays.copyOf(address, at), room);
    byte[] whole = Arrays.copyOf(name, name.length + address.length - at);
    System.arraycopy(address, at, whole, name.length, address.length - at);
    return whole;
  }
}
