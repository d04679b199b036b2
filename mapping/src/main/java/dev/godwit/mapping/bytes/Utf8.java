package dev.godwit.mapping.bytes;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Looks at text as bytes. */
public final class Utf8 {
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long HIGH = 0x8080_8080_8080_8080L;
  private static final long LOW = 0x0101_0101_0101_0101L;

  private Utf8() {}

  /** Whether bytes are UTF-8 and hold no zero character: text that every store holds. */
  public static boolean isPlain(byte[] bytes, int from, int to) {
    int at = ascii(bytes, from, to);
    if (!isValid(bytes, at, to)) {
      return false;
    }
    for (; at < to; at++) {
      if (bytes[at] == 0) {
        return false;
      }
    }
    return true;
  }

  /** As {@link #isPlain(byte[], int, int)}, of a stream; reads it to its end, and closes it. */
  public static boolean isPlain(InputStream bytes) throws IOException {
    char[] block = new char[1 << 14];
    try (Reader reader = new InputStreamReader(bytes, StandardCharsets.UTF_8.newDecoder())) {
      for (int read; (read = reader.read(block)) >= 0; ) {
        for (int i = 0; i < read; i++) {
          if (block[i] == 0) {
            return false;
          }
        }
      }
      return true;
    } catch (CharacterCodingException e) {
      return false;
    }
  }

  /** Where the first byte is that is no character of ASCII, or a zero; the end where none is. */
  private static int ascii(byte[] bytes, int from, int to) {
    int at = from;
    for (; at <= to - Long.BYTES; at += Long.BYTES) {
      long eight = (long) LONGS.get(bytes, at);
      if (((eight | (eight - LOW)) & HIGH) != 0) { // a byte over 127, or one that is zero
        return at;
      }
    }
    while (at < to && bytes[at] > 0) {
      at++;
    }
    return at;
  }

  /**
   * Where the first byte is from which on JSON does not write the text as it is, or which is beyond
   * ASCII: a control character, a quote, a backslash; the end where none is.
   */
  public static int plainJson(byte[] bytes, int from, int to) {
    int at = from;
    for (; at <= to - Long.BYTES; at += Long.BYTES) {
      long eight = (long) LONGS.get(bytes, at);
      long quote = eight ^ 0x2222_2222_2222_2222L;
      long backslash = eight ^ 0x5C5C_5C5C_5C5C_5C5CL;
      long odd = (eight - 0x2020_2020_2020_2020L) | (quote - LOW) | (backslash - LOW) | eight;
      if ((odd & HIGH) != 0) { // borrows reach only bytes above an odd one
        break;
      }
    }
    while (at < to && bytes[at] >= 0x20 && bytes[at] != '"' && bytes[at] != '\\') {
      at++;
    }
    return at;
  }

  /**
   * Whether bytes are UTF-8: no overlong form, no half of a pair, nothing beyond U+10FFFF.
   *
   * @see <a href="https://www.unicode.org/versions/Unicode15.0.0/ch03.pdf">The Unicode Standard,
   *     table 3-7</a>
   */
  public static boolean isValid(byte[] bytes, int from, int to) {
    int at = from;
    while (at < to) {
      int first = bytes[at] & 0xff;
      int more = first < 0x80 ? 0 : first < 0xE0 ? 1 : first < 0xF0 ? 2 : 3;
      if ((first >= 0x80 && first < 0xC2) || first > 0xF4 || to - at <= more) {
        return false;
      }
      if (more > 0) {
        int second = bytes[at + 1] & 0xff;
        int least = first == 0xE0 ? 0xA0 : first == 0xF0 ? 0x90 : 0x80;
        int most = first == 0xED ? 0x9F : first == 0xF4 ? 0x8F : 0xBF;
        if (second < least || second > most) {
          return false;
        }
        for (int i = 2; i <= more; i++) {
          if ((bytes[at + i] & 0xC0) != 0x80) {
            return false;
          }
        }
      }
      at += more + 1;
    }
    return true;
  }
}
