package dev.godwit.mapping.keyvalue;

import dev.godwit.mapping.bytes.Digits;
import dev.godwit.mapping.bytes.GrowingBytes;
import dev.godwit.mapping.bytes.Utf8;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Base64;

/**
 * Bytes as text by which they can be made again: the text that they are where they are UTF-8
 * without a zero byte, else {@code {"base64":"AP8="}}, as elements have it. A text that begins like
 * that is written in base 64 as well, so different bytes have different texts.
 */
final class ByteText {
  private static final byte[] BASE64 = JsonStrings.BASE64;
  private static final byte[] END = JsonStrings.END;

  private ByteText() {}

  /** Whether bytes are their own text. */
  static boolean isPlain(byte[] bytes, int from, int to) {
    return !beginsOdd(bytes, from, to) && Utf8.isPlain(bytes, from, to);
  }

  /** Whether bytes begin like the text of others. */
  static boolean beginsOdd(byte[] bytes, int from, int to) {
    return to - from >= BASE64.length
        && Arrays.equals(bytes, from, from + BASE64.length, BASE64, 0, BASE64.length);
  }

  /** Writes the text of bytes that are not their own. */
  static void odd(byte[] bytes, int from, int to, GrowingBytes out) {
    out.ascii(BASE64);
    Digits.base64(bytes, from, to, out);
    out.ascii(END);
  }

  /**
   * The bytes of a text.
   *
   * @throws IllegalArgumentException if it begins as base 64, and is none, or of bytes that are
   *     written otherwise
   */
  static byte[] bytes(byte[] text, int from, int to) {
    if (!beginsOdd(text, from, to)) {
      return Arrays.copyOfRange(text, from, to);
    }
    int end = to - END.length;
    if (end < from + BASE64.length || !Arrays.equals(text, end, to, END, 0, END.length)) {
      throw new IllegalArgumentException("it begins as bytes in base 64, and does not end so");
    }
    byte[] bytes = Base64.getDecoder().decode(Arrays.copyOfRange(text, from + BASE64.length, end));
    if (isPlain(bytes, 0, bytes.length) || !endsSo(bytes, text, from + BASE64.length, end)) {
      throw new IllegalArgumentException("those bytes are written otherwise");
    }
    return bytes;
  }

  /** Whether base 64 has all its padding, and no bits that say nothing. */
  private static boolean endsSo(byte[] bytes, byte[] base64, int from, int to) {
    GrowingBytes last = new GrowingBytes(Integer.BYTES);
    Digits.base64(bytes, Math.max(0, (bytes.length - 1) / 3 * 3), bytes.length, last);
    return to - from == (bytes.length + 2) / 3 * 4
        && Arrays.equals(base64, to - last.size(), to, last.array(), 0, last.size());
  }

  /** Whether a large value is its own text. */
  static boolean isPlain(Streams.Opening value) throws IOException {
    try (InputStream head = value.open()) {
      if (Arrays.equals(head.readNBytes(BASE64.length), BASE64)) {
        return false;
      }
    }
    return Utf8.isPlain(value.open());
  }

  /** The text of a large value that is not its own. */
  static InputStream odd(Streams.Opening value) throws IOException {
    return Streams.wrapped(BASE64, new BlockInput(value.open(), Digits::base64), END);
  }

  /** Whether a large text is not its own bytes. */
  static boolean isOdd(Streams.Opening text) throws IOException {
    try (InputStream head = text.open()) {
      return Arrays.equals(head.readNBytes(BASE64.length), BASE64);
    }
  }

  /** The bytes of a large text that is not its own. */
  static InputStream bytes(Streams.Opening text, long length) throws IOException {
    InputStream in = text.open();
    in.skipNBytes(BASE64.length);
    return Base64.getDecoder().wrap(new Bounded(in, length - BASE64.length - END.length));
  }

  /** The first bytes of a stream. */
  private static final class Bounded extends java.io.FilterInputStream {
    private long left;

    Bounded(InputStream in, long length) {
      super(in);
      this.left = length;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
      if (left <= 0) {
        return -1;
      }
      int taken = super.read(into, offset, (int) Math.min(length, left));
      left -= Math.max(0, taken);
      return taken;
    }
  }
}
