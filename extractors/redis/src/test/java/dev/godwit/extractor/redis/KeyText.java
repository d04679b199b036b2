package dev.godwit.extractor.redis;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** How tests write keys and values down, so that equal ones are equal texts. */
final class KeyText {
  private static final int LONG = 4000;

  private KeyText() {}

  static String name(int database, byte[] key) {
    return "db" + database + " " + text(key);
  }

  /** A value in the typed form; a long one by its length and hash. */
  static String value(String type, long expires, byte[] form) {
    return type + " until " + (expires < 0 ? "ever" : expires) + " " + summary(form);
  }

  private static String summary(byte[] form) {
    return form.length > LONG ? summary(form.length, sha256(form)) : text(form);
  }

  static String summary(long length, byte[] sha256) {
    return length + " bytes, SHA-256 " + HexFormat.of().formatHex(sha256);
  }

  static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** What differs, key by key, each from a little ahead of where it begins to. */
  static List<String> differences(Map<String, String> expected, Map<String, String> actual) {
    List<String> all = new ArrayList<>();
    Set<String> names = new TreeSet<>(expected.keySet());
    names.addAll(actual.keySet());
    for (String name : names) {
      String one = expected.getOrDefault(name, "(none)");
      String other = actual.getOrDefault(name, "(none)");
      if (!one.equals(other)) {
        int at = 0;
        while (at < Math.min(one.length(), other.length()) && one.charAt(at) == other.charAt(at)) {
          at++;
        }
        all.add(from(0, name) + " is not " + from(at, one) + " but " + from(at, other));
      }
    }
    return all;
  }

  private static String from(int at, String text) {
    int begin = Math.max(0, Math.min(at - 40, text.length()));
    return text.substring(begin, Math.min(text.length(), begin + 100));
  }

  /** Text where the bytes are text, else hexadecimal. */
  static String text(byte[] bytes) {
    return isText(bytes)
        ? new String(bytes, StandardCharsets.UTF_8)
        : "0x" + HexFormat.of().formatHex(bytes);
  }

  /** Whether a string is UTF-8 without a zero byte. */
  static boolean isText(byte[] bytes) {
    for (byte one : bytes) {
      if (one == 0) {
        return false;
      }
    }
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)) != null;
    } catch (CharacterCodingException e) {
      return false;
    }
  }
}
