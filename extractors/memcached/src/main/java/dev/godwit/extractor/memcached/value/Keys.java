package dev.godwit.extractor.memcached.value;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/**
 * How a key is written in a command: as it is where that is one word, else in base64 with the flag
 * {@code b}.
 *
 * @see <a href="https://github.com/memcached/memcached/blob/master/doc/protocol.txt">The protocol,
 *     keys and meta commands</a>
 */
public final class Keys {
  /** Bytes of the longest key, and of the longest word for one. */
  public static final int LONGEST = 250;

  private static final int SHOWN = 60;

  private Keys() {}

  /**
   * A key as a command has it.
   *
   * @param word not copied
   * @param binary whether the word is base64, and the command has the flag {@code b}
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  public record Word(byte[] word, boolean binary) {}

  /**
   * The word for a key; empty where there is none, because it is empty or too long, or because it
   * must be written in base64 and is then too long (more than 186 bytes).
   */
  public static Optional<Word> word(byte[] key) {
    if (key.length == 0 || key.length > LONGEST) {
      return Optional.empty();
    } else if (isWord(key)) {
      return Optional.of(new Word(key, false));
    }
    byte[] encoded = Base64.getEncoder().encode(key);
    return encoded.length > LONGEST ? Optional.empty() : Optional.of(new Word(encoded, true));
  }

  private static boolean isWord(byte[] key) {
    for (byte b : key) {
      if ((b >= 0 && b <= ' ') || b == 0x7f) {
        return false;
      }
    }
    return true;
  }

  /** A key for people: on one line, and not too long. */
  public static String shown(byte[] key) {
    String text = new String(key, StandardCharsets.UTF_8);
    StringBuilder shown = new StringBuilder("'");
    text.codePoints()
        .limit(SHOWN)
        .forEach(
            c -> {
              if (c < ' ' || c == 0x7f || c == 0xfffd) {
                shown.append(String.format("\\x%02x", c == 0xfffd ? 0xff : c));
              } else {
                shown.appendCodePoint(c);
              }
            });
    if (text.codePointCount(0, text.length()) > SHOWN) {
      shown.append("...");
    }
    return shown.append('\'').toString();
  }
}
