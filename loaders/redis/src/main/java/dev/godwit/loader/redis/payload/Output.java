package dev.godwit.loader.redis.payload;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Bytes that are put one after the other, in an array that grows. Used by one thread. */
public final class Output {
  private static final VarHandle LITTLE_ENDIAN =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final int FIRST = 1 << 10;

  private byte[] bytes = new byte[FIRST];
  private int size;

  /** The array, of which the first {@link #size} bytes are put. It is another one after growing. */
  public byte[] array() {
    return bytes;
  }

  /** How many bytes there are. */
  public int size() {
    return size;
  }

  /** Begins anew; an array of more than so many bytes is let go. */
  public void clear(int most) {
    size = 0;
    if (bytes.length > most) {
      bytes = new byte[FIRST];
    }
  }

  private void reserve(int more) {
    if (bytes.length - size < more) {
      long doubled = Math.min(2L * bytes.length, Integer.MAX_VALUE - 16);
      bytes = Arrays.copyOf(bytes, (int) Math.max(Math.addExact(size, more), doubled));
    }
  }

  /** One byte. */
  public Output put(int value) {
    reserve(1);
    bytes[size++] = (byte) value;
    return this;
  }

  /** All bytes of an array. */
  public Output put(byte[] from) {
    return put(from, 0, from.length);
  }

  /** Some bytes of an array. */
  public Output put(byte[] from, int offset, int length) {
    reserve(length);
    System.arraycopy(from, offset, bytes, size, length);
    size += length;
    return this;
  }

  /** The lowest bytes of a number, least significant first. */
  public Output littleEndian(long value, int count) {
    reserve(Long.BYTES);
    LITTLE_ENDIAN.set(bytes, size, value);
    size += count;
    return this;
  }

  /** Eight bytes, most significant first. */
  public Output bigEndian(long value) {
    return littleEndian(Long.reverseBytes(value), Long.BYTES);
  }

  /** A number as text. */
  public Output decimal(long value) {
    if (value >= 0 && value < 10) {
      return put('0' + (int) value);
    } else if (value < 0 || value > 99_999_999) {
      return put(Long.toString(value).getBytes(StandardCharsets.US_ASCII));
    }
    int digits = 0;
    for (int left = (int) value; left > 0; left /= 10) {
      digits++;
    }
    reserve(digits);
    int at = size + digits;
    for (int left = (int) value; left > 0; left /= 10) {
      bytes[--at] = (byte) ('0' + left % 10);
    }
    size += digits;
    return this;
  }

  /** A length as {@code rdbSaveLen} writes it; a negative number as an unsigned one. */
  public Output length(long value) {
    if (value >= 0 && value < 1 << 6) {
      return put((int) value);
    } else if (value >= 0 && value < 1 << 14) {
      return put(0x40 | (int) (value >> 8)).put((int) value);
    } else if (value >= 0 && value <= 0xffffffffL) {
      return put(0x80).littleEndian(Integer.reverseBytes((int) value), Integer.BYTES);
    }
    return put(0x81).bigEndian(value);
  }

  /** A string with its length. */
  public Output string(byte[] value) {
    return string(value, 0, value.length);
  }

  /** Some bytes of an array, as a string with its length. */
  public Output string(byte[] from, int offset, int length) {
    return length(length).put(from, offset, length);
  }
}
