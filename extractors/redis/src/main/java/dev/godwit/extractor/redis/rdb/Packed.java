package dev.godwit.extractor.redis.rdb;

import java.util.Iterator;
import java.util.NoSuchElementException;

/**
 * The strings of one of the compact forms in which Redis keeps small collections, one after the
 * other. They go by their end mark, not by their count, which is not kept beyond 65,534 entries.
 */
abstract class Packed implements Iterator<byte[]> {
  private static final int END = 0xff;

  final RdbInput in;
  private int first = -1;

  private Packed(byte[] bytes, int header) {
    this.in = new RdbInput(bytes, header, bytes.length);
  }

  /** A listpack, {@code listpack.c}. */
  static Packed listpack(byte[] bytes) {
    return new Listpack(bytes);
  }

  /** A ziplist, {@code ziplist.c}: up to Redis 6.2. */
  static Packed ziplist(byte[] bytes) {
    return new Ziplist(bytes);
  }

  /** A zipmap: hashes of Redis 2.4. */
  static Packed zipmap(byte[] bytes) {
    return new Zipmap(bytes);
  }

  /** An intset, {@code intset.c}. */
  static Iterator<byte[]> intset(byte[] bytes) {
    RdbInput in = new RdbInput(bytes, 0, bytes.length);
    int width = (int) in.signed(4);
    long count = in.signed(4) & 0xffffffffL;
    return new Iterator<>() {
      private long left = count;

      @Override
      public boolean hasNext() {
        return left > 0;
      }

      @Override
      public byte[] next() {
        if (left-- <= 0) {
          throw new NoSuchElementException();
        }
        return RdbInput.number(in.signed(width));
      }
    };
  }

  @Override
  public boolean hasNext() {
    if (first < 0) {
      first = in.unsigned();
    }
    return first != END;
  }

  @Override
  public byte[] next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    int taken = first;
    first = -1;
    return entry(taken);
  }

  /** The next entry, which must be a number. */
  long nextNumber() {
    return Numbers.parse(next());
  }

  abstract byte[] entry(int first);

  private static final class Listpack extends Packed {
    Listpack(byte[] bytes) {
      super(bytes, 6);
    }

    @Override
    byte[] entry(int first) {
      if (first < 0x80) {
        return closed(1, RdbInput.number(first));
      } else if (first < 0xc0) {
        int length = first & 0x3f;
        return closed(1 + length, in.bytes(length));
      } else if (first < 0xe0) {
        int value = (first & 0x1f) << 8 | in.unsigned();
        return closed(2, RdbInput.number(value << 19 >> 19));
      } else if (first < 0xf0) {
        int length = (first & 0x0f) << 8 | in.unsigned();
        return closed(2 + length, in.bytes(length));
      }
      return switch (first) {
        case 0xf0 -> {
          long length = in.signed(4) & 0xffffffffL;
          yield closed(5 + length, in.bytes(length));
        }
        case 0xf1 -> closed(3, RdbInput.number(in.signed(2)));
        case 0xf2 -> closed(4, RdbInput.number(in.signed(3)));
        case 0xf3 -> closed(5, RdbInput.number(in.signed(4)));
        case 0xf4 -> closed(9, RdbInput.number(in.signed(8)));
        default -> throw new RdbException("no entry of a listpack begins with " + first);
      };
    }

    /** Goes past the entry's length, by which lists are read backwards. */
    private byte[] closed(long length, byte[] entry) {
      int bytes =
          length <= 127
              ? 1
              : length < 16383 ? 2 : length < 2097151 ? 3 : length < 268435455 ? 4 : 5;
      for (int i = 0; i < bytes; i++) {
        int ignored = in.unsigned();
      }
      return entry;
    }
  }

  private static final class Ziplist extends Packed {
    Ziplist(byte[] bytes) {
      super(bytes, 10);
    }

    @Override
    byte[] entry(int first) {
      if (first == 0xfe) { // the length of the entry before, in four bytes
        long ignored = in.signed(4);
      }
      int kind = in.unsigned();
      return switch (kind >> 6) {
        case 0 -> in.bytes(kind & 0x3f);
        case 1 -> in.bytes((kind & 0x3f) << 8 | in.unsigned());
        case 2 -> in.bytes(Integer.reverseBytes((int) in.signed(4)) & 0xffffffffL);
        default ->
            switch (kind) {
              case 0xc0 -> RdbInput.number(in.signed(2));
              case 0xd0 -> RdbInput.number(in.signed(4));
              case 0xe0 -> RdbInput.number(in.signed(8));
              case 0xf0 -> RdbInput.number(in.signed(3));
              case 0xfe -> RdbInput.number(in.signed(1));
              default -> {
                if (kind < 0xf1 || kind > 0xfd) {
                  throw new RdbException("no entry of a ziplist begins with " + kind);
                }
                yield RdbInput.number((kind & 0x0f) - 1);
              }
            };
      };
    }
  }

  private static final class Zipmap extends Packed {
    private boolean value;

    Zipmap(byte[] bytes) {
      super(bytes, 1);
    }

    @Override
    byte[] entry(int first) {
      long length = first < 0xfe ? first : in.signed(4) & 0xffffffffL;
      int free = value ? in.unsigned() : 0;
      byte[] entry = in.bytes(length);
      for (int i = 0; i < free; i++) {
        int ignored = in.unsigned();
      }
      value = !value;
      return entry;
    }
  }
}
