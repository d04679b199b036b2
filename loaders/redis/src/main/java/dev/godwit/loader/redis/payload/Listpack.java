package dev.godwit.loader.redis.payload;

/** Builds a listpack, one after the other. Used by one thread. */
final class Listpack {
  private static final int HEADER = 6;
  private static final int COUNT_UNKNOWN = 0xffff;

  private final Output out = new Output();
  private int count;
  private boolean disputed;

  Listpack() {
    begin();
  }

  /** Begins anew. */
  void begin() {
    out.clear(1 << 20);
    out.littleEndian(0, HEADER);
    count = 0;
    disputed = false;
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

  /** A string; as a number where it is one to the letter, which takes the server less. */
  void text(byte[] value) {
    if (isNumber(value)) {
      long number = 0;
      boolean negative = value[0] == '-';
      for (int i = negative ? 1 : 0; i < value.length; i++) {
        number = number * 10 + (value[i] - '0');
      }
      number(negative ? -number : number);
    } else {
      string(value);
    }
  }

  /** Whether it is a whole number of at most 18 digits as a server prints it. */
  private static boolean isNumber(byte[] value) {
    int from = value.length > 0 && value[0] == '-' ? 1 : 0;
    int digits = value.length - from;
    if (digits == 0 || digits > 18 || (value[from] == '0' && value.length > 1)) {
      return false;
    }
    for (int i = from; i < value.length; i++) {
      if (value[i] < '0' || value[i] > '9') {
        return false;
      }
    }
    return true;
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

  /** An entry ends with its own length, seven bits a byte, to be read backwards. */
  private void end(int before) {
    int length = out.size() - before;
    disputed |= length == (1 << 14) - 1 || length == (1 << 21) - 1 || length == (1 << 28) - 1;
    int shift = 0;
    while (shift < 28 && length >= 1 << (shift + 7)) {
      shift += 7;
    }
    out.put(length >> shift);
    for (shift -= 7; shift >= 0; shift -= 7) {
      out.put(((length >> shift) & 0x7f) | 0x80);
    }
    count++;
  }

  /**
   * Whether an entry's length is the greatest of so many bytes. Redis (to 8.2) and Valkey 8.1 write
   * such a length with a byte more than it takes ({@code lpEncodeBacklen}); Valkey 9.1 does not,
   * and refuses a payload that does. So no payload says it that all servers would take.
   */
  boolean isDisputed() {
    return disputed;
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
