package dev.godwit.loader.redis.payload;

/** Builds a listpack, one after the other. Used by one thread. */
final class Listpack {
  private static final int HEADER = 6;
  private static final int COUNT_UNKNOWN = 0xffff;

  private final Output out = new Output();
  private int count;

  Listpack() {
    begin();
  }

  /** Begins anew. */
  void begin() {
    out.clear(1 << 20);
    out.littleEndian(0, HEADER);
    count = 0;
  }

  void number(long value) {
    int before = out.size();
    if (value >= 0 && value < 1 << 7) {
      out.put((int) value);
    } else if (value >= -(1 << 12) && value < 1 << 12) {
      out.put(0xc0 | (((int) value >> 8) & 0x1f)).put((int) value);
    } else if (value == (short) value) {
      out.put(0xf1).littleEndian(value, 2);
    } else if (value >= -(1 << 23) && value < 1 << 23) {
      out.put(0xf2).littleEndian(value, 3);
    } else if (value == (int) value) {
      out.put(0xf3).littleEndian(value, 4);
    } else {
      out.put(0xf4).littleEndian(value, 8);
    }
    end(before);
  }

  void string(byte[] value) {
    int before = out.size();
    if (value.length < 1 << 6) {
      out.put(0x80 | value.length);
    } else if (value.length < 1 << 12) {
      out.put(0xe0 | (value.length >> 8)).put(value.length);
    } else {
      out.put(0xf0).littleEndian(value.length, 4);
    }
    out.put(value);
    end(before);
  }

  /**
   * An entry ends with its own length, seven bits a byte, to be read backwards. From two bytes on
   * the greatest length that would fit takes one more, as {@code lpEncodeBacklen} has it.
   */
  private void end(int before) {
    int length = out.size() - before;
    int shift = 0;
    while (shift < 28 && length >= (1 << (shift + 7)) - (shift == 0 ? 0 : 1)) {
      shift += 7;
    }
    out.put(length >> shift);
    for (shift -= 7; shift >= 0; shift -= 7) {
      out.put(((length >> shift) & 0x7f) | 0x80);
    }
    count++;
  }

  /** Writes the listpack, as a string with its length. */
  void writeTo(Output into) {
    out.put(0xff);
    byte[] bytes = out.array();
    int elements = Math.min(count, COUNT_UNKNOWN);
    for (int i = 0; i < 4; i++) {
      bytes[i] = (byte) (out.size() >> (8 * i));
    }
    bytes[4] = (byte) elements;
    bytes[5] = (byte) (elements >> 8);
    into.string(bytes, 0, out.size());
  }
}
