package dev.godwit.extractor.redis.rdb;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * The primitives of the RDB format, read from a stream or from bytes. Used by one thread.
 *
 * <p>A failure of the stream is thrown as {@link UncheckedIOException}, bytes that are no RDB as
 * {@link RdbException}.
 */
public final class RdbInput {
  private static final int BUFFER = 1 << 16;
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final int LZF = 3;
  private static final int WHOLE = 1 << 20;

  private final InputStream more;
  private final byte[] buffer;
  private int position;
  private int end;
  private long taken;

  /** Reads a stream, which is never closed. */
  public RdbInput(InputStream more) {
    this.more = more;
    this.buffer = new byte[BUFFER];
  }

  /** Reads a part of an array, which is not copied. */
  public RdbInput(byte[] bytes, int from, int to) {
    this.more = InputStream.nullInputStream();
    this.buffer = bytes;
    this.position = from;
    this.end = to;
  }

  /** Makes so many bytes stand in the buffer, at most 16. */
  private void need(int count) {
    if (end - position >= count) {
      return;
    }
    if (position + count > buffer.length) {
      System.arraycopy(buffer, position, buffer, 0, end - position);
      taken += position;
      end -= position;
      position = 0;
    }
    while (end - position < count) {
      fill();
    }
  }

  private void fill() {
    try {
      int read = more.read(buffer, end, buffer.length - end);
      if (read <= 0) {
        throw new EOFException("the server ended the connection in the middle of the data");
      }
      end += read;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** How many bytes were read so far. */
  public long position() {
    return taken + position;
  }

  /** One byte, 0 to 255. */
  public int unsigned() {
    need(1);
    return buffer[position++] & 0xff;
  }

  /** Eight bytes, least significant first. */
  public long littleEndian() {
    need(8);
    long value = (long) LONGS.get(buffer, position);
    position += 8;
    return value;
  }

  /** Four bytes, least significant first. */
  public int littleEndianInt() {
    return (int) signed(4);
  }

  /** Eight bytes, most significant first. */
  public long bigEndian() {
    return Long.reverseBytes(littleEndian());
  }

  /** Bytes, least significant first, with their sign. */
  long signed(int bytes) {
    long value = 0;
    for (int i = 0; i < bytes; i++) {
      value |= (long) unsigned() << (8 * i);
    }
    int spare = 64 - 8 * bytes;
    return value << spare >> spare;
  }

  /**
   * A length, or a number that is written like one.
   *
   * @throws RdbException where an encoded string stands instead
   */
  public long length() {
    int first = unsigned();
    if (first >= 0xc0) {
      throw new RdbException("a length was expected");
    }
    return length(first);
  }

  private long length(int first) {
    if (first < 0x40) {
      return first;
    } else if (first < 0x80) {
      return ((first & 0x3fL) << 8) | unsigned();
    } else if (first == 0x80) {
      return Integer.reverseBytes((int) signed(4)) & 0xffffffffL;
    } else if (first == 0x81) {
      return bigEndian();
    }
    throw new RdbException("no length begins with " + first);
  }

  /** Exactly so many bytes. */
  public byte[] bytes(long count) {
    byte[] bytes = new byte[asSize(count)];
    int filled = Math.min(bytes.length, end - position);
    System.arraycopy(buffer, position, bytes, 0, filled);
    position += filled;
    taken += bytes.length - filled;
    try {
      if (filled < bytes.length
          && more.readNBytes(bytes, filled, bytes.length - filled) < bytes.length - filled) {
        throw new EOFException("the server ended the connection in the middle of the data");
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes;
  }

  private static int asSize(long count) {
    if (count < 0 || count > Integer.MAX_VALUE - 16) {
      throw new RdbException("a string of " + count + " bytes");
    }
    return (int) count;
  }

  /** A string, whole, however it is encoded. */
  public byte[] string() {
    int first = unsigned();
    if (first < 0xc0) {
      return bytes(length(first));
    }
    int encoding = first & 0x3f;
    if (encoding < LZF) {
      return number(signed(1 << encoding));
    } else if (encoding == LZF) {
      long compressed = length();
      int length = asSize(length());
      return Lzf.decompress(bytes(compressed), length);
    }
    throw new RdbException("no string is encoded as " + encoding);
  }

  /**
   * A string as a stream, of any size: it is read from here as the stream is read, and must be read
   * to its end before anything else is.
   */
  public InputStream stringStream() {
    int first = unsigned();
    if (first < 0xc0) {
      return new Slice(length(first));
    } else if ((first & 0x3f) == LZF) {
      long compressed = length();
      long length = length();
      return length > WHOLE
          ? new LzfInputStream(new Slice(compressed), length)
          : new java.io.ByteArrayInputStream(Lzf.decompress(bytes(compressed), (int) length));
    }
    position--;
    return new java.io.ByteArrayInputStream(string());
  }

  static byte[] number(long value) {
    return Long.toString(value).getBytes(StandardCharsets.US_ASCII);
  }

  /** So many bytes from here on. */
  private final class Slice extends InputStream {
    private long left;

    private Slice(long length) {
      this.left = length;
    }

    @Override
    public int read() {
      if (left == 0) {
        return -1;
      }
      left--;
      return unsigned();
    }

    @Override
    public int read(byte[] into, int offset, int length) {
      if (left == 0 || length == 0) {
        return length == 0 ? 0 : -1;
      }
      if (position == end) {
        taken += position;
        position = 0;
        end = 0;
        fill();
      }
      int count = (int) Math.min(Math.min(left, length), end - position);
      System.arraycopy(buffer, position, into, offset, count);
      position += count;
      left -= count;
      return count;
    }
  }
}
