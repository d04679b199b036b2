package dev.godwit.extractor.postgresql.copy;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.apache.arrow.memory.util.MemoryUtil;

/** Bytes one after another in an array that grows, numbers big-endian as the server wants them. */
final class ByteOut {
  private static final VarHandle SHORTS =
      MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.BIG_ENDIAN);
  private static final VarHandle INTS =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  private byte[] bytes;
  private int length;

  ByteOut(int capacity) {
    bytes = new byte[capacity];
  }

  /** The bytes, from 0 to {@link #length}; until the next call that writes. */
  byte[] bytes() {
    return bytes;
  }

  int length() {
    return length;
  }

  void clear() {
    length = 0;
  }

  /** Makes room for more bytes. */
  void room(int more) {
    if (more > bytes.length - length) {
      int needed = Math.addExact(length, more);
      bytes = Arrays.copyOf(bytes, Math.max(needed, (int) Math.min(bytes.length * 2L, 1 << 30)));
    }
  }

  void int1(int value) {
    room(1);
    bytes[length++] = (byte) value;
  }

  void int2(int value) {
    room(2);
    SHORTS.set(bytes, length, (short) value);
    length += 2;
  }

  void int4(int value) {
    room(4);
    INTS.set(bytes, length, value);
    length += 4;
  }

  void int8(long value) {
    room(8);
    LONGS.set(bytes, length, value);
    length += 8;
  }

  /** Writes over eight bytes that are there. */
  void setInt8(int at, long value) {
    LONGS.set(bytes, at, value);
  }

  void raw(byte[] from, int offset, int count) {
    room(count);
    System.arraycopy(from, offset, bytes, length, count);
    length += count;
  }

  void raw(ByteBuffer from) {
    int count = from.remaining();
    room(count);
    from.get(bytes, length, count);
    length += count;
  }

  /** Copies bytes from an address. */
  void raw(long address, int count) {
    room(count);
    if (count > 32) {
      MemoryUtil.copyFromMemory(address, bytes, length, count);
    } else {
      for (int i = 0; i < count; i++) {
        bytes[length + i] = MemoryUtil.getByte(address + i);
      }
    }
    length += count;
  }

  void text(String ascii) {
    byte[] encoded = ascii.getBytes(StandardCharsets.UTF_8);
    raw(encoded, 0, encoded.length);
  }

  /** Leaves four bytes for a length; see {@link #endLength}. */
  int beginLength() {
    int4(0);
    return length;
  }

  /** Writes into the four bytes before a mark how many came after it. */
  void endLength(int mark) {
    INTS.set(bytes, mark - 4, length - mark);
  }

  byte[] copy() {
    return Arrays.copyOf(bytes, length);
  }
}
