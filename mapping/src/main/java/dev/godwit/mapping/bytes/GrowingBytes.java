package dev.godwit.mapping.bytes;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.apache.arrow.memory.ArrowBuf;

/**
 * Bytes, BSON or text: a buffer that grows with the largest batch and is used again for the next.
 *
 * @see <a href="https://bsonspec.org/spec.html">BSON 1.1</a>
 */
public final class GrowingBytes {
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle INTS =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

  private static final int MOST_KEPT = 16 << 20;

  private byte[] bytes;
  private int size;

  public GrowingBytes() {
    this(1 << 16);
  }

  public GrowingBytes(int least) {
    bytes = new byte[least];
  }

  public byte[] array() {
    return bytes;
  }

  public int size() {
    return size;
  }

  /** Begins anew; a buffer that grew with a large value is not kept. */
  public void clear() {
    size = 0;
    if (bytes.length > MOST_KEPT) {
      bytes = new byte[1 << 16];
    }
  }

  /** Drops what was written beyond a size. */
  public void cutTo(int least) {
    size = least;
  }

  /** Makes place at the end, which is then to be filled; tells where it begins. */
  public int grow(int more) {
    int at = size;
    if (bytes.length - at < more) {
      int least = Math.addExact(at, more);
      bytes = Arrays.copyOf(bytes, Math.max(least, (int) Math.min(1 << 30, bytes.length * 2L)));
    }
    size = at + more;
    return at;
  }

  /** The head of an element: what it is and what it is called, the zero after it included. */
  public void element(int type, byte[] name) {
    int at = grow(1 + name.length);
    bytes[at] = (byte) type;
    System.arraycopy(name, 0, bytes, at + 1, name.length);
  }

  public void int1(int value) {
    int at = grow(1);
    bytes[at] = (byte) value;
  }

  public void int4(int value) {
    int at = grow(Integer.BYTES);
    INTS.set(bytes, at, value);
  }

  public void int8(long value) {
    int at = grow(Long.BYTES);
    LONGS.set(bytes, at, value);
  }

  public void raw(byte[] value, int from, int length) {
    int at = grow(length);
    System.arraycopy(value, from, bytes, at, length);
  }

  /** Characters of ASCII. */
  public void ascii(byte[] text) {
    raw(text, 0, text.length);
  }

  public void raw(ArrowBuf buffer, long from, int length) {
    int at = grow(length);
    buffer.getBytes(from, bytes, at, length);
  }

  /** Begins what has its length before it; the length counts itself where it is a document's. */
  public int beginLength() {
    return grow(Integer.BYTES);
  }

  /** Ends a document or an array. */
  public void endDocument(int mark) {
    int1(0);
    INTS.set(bytes, mark, size - mark);
  }

  /** Ends a text: the zero after it counts. */
  public void endText(int mark) {
    int1(0);
    INTS.set(bytes, mark, size - mark - Integer.BYTES);
  }

  /** Takes out a part, and closes the gap. */
  public void remove(int from, int to) {
    System.arraycopy(bytes, to, bytes, from, size - to);
    size -= to - from;
  }

  /** A text with length and zero. */
  public void text(byte[] utf8) {
    int4(utf8.length + 1);
    raw(utf8, 0, utf8.length);
    int1(0);
  }

  /** Characters as UTF-8; one half of a pair that stands alone becomes a question mark. */
  public void characters(char[] text, int from, int length) {
    int at = grow(length * 3);
    int to = from + length;
    for (int i = from; i < to; i++) {
      char c = text[i];
      if (c < 0x80) {
        bytes[at++] = (byte) c;
      } else if (c < 0x800) {
        bytes[at++] = (byte) (0xC0 | c >> 6);
        bytes[at++] = (byte) (0x80 | (c & 0x3F));
      } else if (!Character.isSurrogate(c)) {
        bytes[at++] = (byte) (0xE0 | c >> 12);
        bytes[at++] = (byte) (0x80 | (c >> 6 & 0x3F));
        bytes[at++] = (byte) (0x80 | (c & 0x3F));
      } else if (Character.isHighSurrogate(c)
          && i + 1 < to
          && Character.isLowSurrogate(text[i + 1])) {
        int point = Character.toCodePoint(c, text[++i]);
        bytes[at++] = (byte) (0xF0 | point >> 18);
        bytes[at++] = (byte) (0x80 | (point >> 12 & 0x3F));
        bytes[at++] = (byte) (0x80 | (point >> 6 & 0x3F));
        bytes[at++] = (byte) (0x80 | (point & 0x3F));
      } else {
        bytes[at++] = '?';
      }
    }
    size = at;
  }
}
