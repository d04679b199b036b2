package dev.godwit.transfer.hash;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.apache.arrow.memory.ArrowBuf;

/** The bytes of rows: a buffer that grows with the largest and is used again for the next. */
final class RowBytes {
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle INTS =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

  private byte[] bytes = new byte[1 << 10];
  private int size;

  byte[] array() {
    return bytes;
  }

  int size() {
    return size;
  }

  void reset() {
    size = 0;
  }

  /** Has room for so many bytes from the first on. */
  void require(int all) {
    if (bytes.length < all) {
      bytes = new byte[Math.max(all, bytes.length * 2)];
    }
  }

  /** Puts a cell at a place; where it ends. */
  int at(int place, int row, Cell cell) {
    size = place;
    cell.encode(row, this);
    return size;
  }

  private int grow(int more) {
    int at = size;
    if (bytes.length - at < more) {
      bytes = Arrays.copyOf(bytes, Math.max(Math.addExact(at, more), bytes.length * 2));
    }
    size = at + more;
    return at;
  }

  void putByte(int value) {
    int at = grow(1);
    bytes[at] = (byte) value;
  }

  void putShort(int value) {
    putByte(value);
    putByte(value >> 8);
  }

  void putInt(int value) {
    int at = grow(Integer.BYTES);
    INTS.set(bytes, at, value);
  }

  void putLong(long value) {
    int at = grow(Long.BYTES);
    LONGS.set(bytes, at, value);
  }

  void put(byte[] value) {
    int at = grow(value.length);
    System.arraycopy(value, 0, bytes, at, value.length);
  }

  void put(ArrowBuf buffer, long from, int length) {
    int at = grow(length);
    buffer.getBytes(from, bytes, at, length);
  }

  /** Cuts off and returns what was put after a mark. */
  byte[] takeFrom(int mark) {
    byte[] taken = Arrays.copyOfRange(bytes, mark, size);
    size = mark;
    return taken;
  }
}
