package dev.godwit.compare;

import dev.godwit.spi.record.Sha256;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;

/**
 * A value too long to be shown: how it begins, and what tells it from others.
 *
 * @param start text, or {@code 0x} and hexadecimal digits
 * @param length in bytes
 * @param sha256 of its bytes, 64 hexadecimal digits
 */
public record Shortened(String start, long length, String sha256) {
  private static final int LONGEST = 120;
  private static final int START = 40;

  /** The value, or what stands for it where it is long. */
  static Object of(Object value) {
    if (value instanceof String text) {
      return text.length() <= LONGEST ? text : cut(text);
    } else if (value instanceof ByteBuffer bytes) {
      byte[] start = new byte[Math.min(START / 2, bytes.remaining())];
      bytes.duplicate().get(start);
      return bytes.remaining() <= LONGEST / 2
          ? bytes
          : new Shortened(
              "0x" + HexFormat.of().formatHex(start), bytes.remaining(), sha256(bytes.duplicate()));
    } else if (value instanceof ExtendedJson json) {
      return json.text().length() <= LONGEST ? json : cut(json.text());
    } else if (value instanceof List<?> list) {
      String text = list.toString();
      return text.length() <= LONGEST ? list : cut(text);
    }
    return value;
  }

  private static Shortened cut(String text) {
    ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    int end = Character.isHighSurrogate(text.charAt(START - 1)) ? START - 1 : START;
    return new Shortened(text.substring(0, end), bytes.remaining(), sha256(bytes));
  }

  private static String sha256(ByteBuffer bytes) {
    MessageDigest digest = Sha256.begin();
    digest.update(bytes);
    return HexFormat.of().formatHex(digest.digest());
  }
}
