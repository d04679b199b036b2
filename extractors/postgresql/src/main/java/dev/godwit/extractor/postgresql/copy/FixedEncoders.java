package dev.godwit.extractor.postgresql.copy;

import static org.apache.arrow.memory.util.MemoryUtil.getByte;
import static org.apache.arrow.memory.util.MemoryUtil.getInt;
import static org.apache.arrow.memory.util.MemoryUtil.getLong;
import static org.apache.arrow.memory.util.MemoryUtil.getShort;

import java.math.BigInteger;
import org.apache.arrow.vector.FieldVector;

/** Encoders of columns whose values all have as many bytes. */
final class FixedEncoders {
  private FixedEncoders() {}

  /** Knows where the values are. */
  abstract static class Fixed extends ColumnEncoder {
    private final int width;
    private long address;

    Fixed(int width) {
      this.width = width;
    }

    @Override
    void bind(FieldVector vector) {
      super.bind(vector);
      address = vector.getDataBuffer().memoryAddress();
    }

    final long at(int row) {
      return address + (long) row * width;
    }
  }

  /** bool. */
  static final class Bool extends Fixed {
    Bool() {
      super(0);
    }

    @Override
    void value(int row, ByteOut out) {
      out.int4(1);
      out.int1((getByte(at(row) + (row >> 3)) >> (row & 7)) & 1);
    }
  }

  /** Whole numbers, into the same width or another that holds the value. */
  static final class Whole extends Fixed {
    private final int from;
    private final boolean fromSigned;
    private final int to;
    private final boolean toSigned;

    Whole(int from, boolean fromSigned, int to, boolean toSigned) {
      super(from);
      this.from = from;
      this.fromSigned = fromSigned;
      this.to = to;
      this.toSigned = toSigned;
    }

    @Override
    void value(int row, ByteOut out) {
      long value =
          switch (from) {
            case 1 -> getByte(at(row));
            case 2 -> getShort(at(row));
            case 4 -> getInt(at(row));
            default -> getLong(at(row));
          };
      if (!fits(value)) {
        String number = fromSigned ? Long.toString(value) : Long.toUnsignedString(value);
        throw new Malformed("the number " + number + " is beyond its type");
      }
      out.int4(to);
      switch (to) {
        case 2 -> out.int2((int) value);
        case 4 -> out.int4((int) value);
        default -> out.int8(value);
      }
    }

    private boolean fits(long value) {
      if (fromSigned == toSigned && from == to) {
        return true;
      } else if ((!fromSigned || !toSigned) && value < 0) {
        return false;
      }
      return switch (to) {
        case 2 -> value == (short) value;
        case 4 -> toSigned ? value == (int) value : value >>> 32 == 0;
        default -> true;
      };
    }
  }

  /** float4, float8, and float4 into float8; the bits are kept. */
  static final class Floats extends Fixed {
    private final int from;
    private final int to;

    Floats(int from, int to) {
      super(from);
      this.from = from;
      this.to = to;
    }

    @Override
    void value(int row, ByteOut out) {
      out.int4(to);
      if (to == 4) {
        out.int4(getInt(at(row)));
      } else if (from == 8) {
        out.int8(getLong(at(row)));
      } else {
        out.int8(Double.doubleToRawLongBits(Float.intBitsToFloat(getInt(at(row)))));
      }
    }
  }

  /** Decimal128 and Decimal256. */
  static final class Decimal extends Fixed {
    private final int width;
    private final int scale;
    private final WideNumericWriter wide;

    Decimal(int width, int scale) {
      super(width);
      this.width = width;
      this.scale = scale;
      this.wide = new WideNumericWriter(scale);
    }

    @Override
    void value(int row, ByteOut out) {
      long at = at(row);
      long low = getLong(at);
      long high = getLong(at + 8);
      boolean isWide = scale >= 0;
      for (int i = 16; i < width; i += 8) {
        isWide &= getLong(at + i) == high >> 63;
      }
      int mark = out.beginLength();
      if (!isWide) {
        NumericWriter.write(number(at), scale, out);
      } else if (high == low >> 63 && NumericWriter.isSmall(low, scale)) {
        NumericWriter.writeSmall(low, scale, out);
      } else {
        wide.write(high, low, out);
      }
      out.endLength(mark);
    }

    private BigInteger number(long at) {
      byte[] bytes = new byte[width];
      for (int i = 0; i < width; i++) {
        bytes[width - 1 - i] = getByte(at + i);
      }
      return new BigInteger(bytes);
    }
  }

  /** date. */
  static final class Date extends Fixed {
    Date() {
      super(4);
    }

    @Override
    void value(int row, ByteOut out) {
      int days = getInt(at(row));
      if (days <= Integer.MIN_VALUE + Epoch.DAYS) {
        throw new Malformed("the date is before the first of PostgreSQL");
      }
      out.int4(4);
      out.int4(days - Epoch.DAYS);
    }
  }

  /** time, and timestamps from one epoch to the other. */
  static final class Micros extends Fixed {
    private final long epoch;

    Micros(long epoch) {
      super(8);
      this.epoch = epoch;
    }

    @Override
    void value(int row, ByteOut out) {
      long micros = getLong(at(row));
      if (micros <= Long.MIN_VALUE + epoch) {
        throw new Malformed("the time is before the first of PostgreSQL");
      }
      out.int4(8);
      out.int8(micros - epoch);
    }
  }

  /** interval. */
  static final class Interval extends Fixed {
    Interval() {
      super(16);
    }

    @Override
    void value(int row, ByteOut out) {
      long nanos = getLong(at(row) + 8);
      if (nanos % 1000 != 0) {
        throw new Malformed("the interval has parts of a microsecond");
      }
      out.int4(16);
      out.int8(nanos / 1000);
      out.int4(getInt(at(row) + 4));
      out.int4(getInt(at(row)));
    }
  }

  /** uuid. */
  static final class Uuid extends Fixed {
    Uuid() {
      super(16);
    }

    @Override
    void value(int row, ByteOut out) {
      out.int4(16);
      out.raw(at(row), 16);
    }
  }
}
