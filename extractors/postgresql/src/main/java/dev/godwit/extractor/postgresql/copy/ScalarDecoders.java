package dev.godwit.extractor.postgresql.copy;

import static org.apache.arrow.memory.util.MemoryUtil.getInt;
import static org.apache.arrow.memory.util.MemoryUtil.getLong;
import static org.apache.arrow.memory.util.MemoryUtil.getShort;
import static org.apache.arrow.memory.util.MemoryUtil.putInt;
import static org.apache.arrow.memory.util.MemoryUtil.putLong;
import static org.apache.arrow.memory.util.MemoryUtil.putShort;

import dev.godwit.extractor.postgresql.type.Form;
import dev.godwit.spi.record.Misfit;
import org.apache.arrow.memory.BufferAllocator;

/** Decoders of numbers and of times. The wire is big-endian, Arrow little-endian. */
final class ScalarDecoders {
  private ScalarDecoders() {}

  /** int2. */
  static final class Short2 extends FixedDecoder {
    Short2(BufferAllocator allocator) {
      super("int2", 2, 2, allocator);
    }

    @Override
    Misfit.Kind convert(long from, int length, long to) {
      putShort(to, Short.reverseBytes(getShort(from)));
      return null;
    }
  }

  /** int4 and float4, whose bits are kept. */
  static final class Four extends FixedDecoder {
    Four(Form form, BufferAllocator allocator) {
      super(form, 4, 4, allocator);
    }

    @Override
    Misfit.Kind convert(long from, int length, long to) {
      putInt(to, Integer.reverseBytes(getInt(from)));
      return null;
    }
  }

  /** int8, xid8 and float8, whose bits are kept. */
  static final class Eight extends FixedDecoder {
    Eight(Form form, BufferAllocator allocator) {
      super(form, 8, 8, allocator);
    }

    @Override
    Misfit.Kind convert(long from, int length, long to) {
      putLong(to, Long.reverseBytes(getLong(from)));
      return null;
    }
  }

  /** oid and its like: four bytes without a sign. */
  static final class Unsigned4 extends FixedDecoder {
    Unsigned4(BufferAllocator allocator) {
      super("oid", 4, 8, allocator);
    }

    @Override
    Misfit.Kind convert(long from, int length, long to) {
      putLong(to, Integer.toUnsignedLong(Integer.reverseBytes(getInt(from))));
      return null;
    }
  }

  /** uuid. */
  static final class Uuid extends FixedDecoder {
    Uuid(BufferAllocator allocator) {
      super("uuid", 16, 16, allocator);
    }

    @Override
    Misfit.Kind convert(long from, int length, long to) {
      putLong(to, getLong(from));
      putLong(to + 8, getLong(from + 8));
      return null;
    }
  }

  /** date: every date that the server has fits, infinity does not. */
  static final class Date extends FixedDecoder {
    Date(BufferAllocator allocator) {
      super("date", 4, 4, allocator);
    }

    @Override
    Misfit.Kind convert(long from, int length, long to) {
      int days = Integer.reverseBytes(getInt(from));
      if (days == Epoch.DATE_INFINITY) {
        return Misfit.Kind.POS_INF;
      } else if (days == Epoch.DATE_MINUS_INFINITY) {
        return Misfit.Kind.NEG_INF;
      } else if (days > Integer.MAX_VALUE - Epoch.DAYS) {
        return Misfit.Kind.OUT_OF_RANGE;
      }
      putInt(to, days + Epoch.DAYS);
      return null;
    }
  }

  /** time: the last instant of a day, 24:00:00, is not one of Arrow's times. */
  static final class Time extends FixedDecoder {
    Time(BufferAllocator allocator) {
      super("time", 8, 8, allocator);
    }

    @Override
    Misfit.Kind convert(long from, int length, long to) {
      long micros = Long.reverseBytes(getLong(from));
      if (micros < 0 || micros >= Epoch.MICROS_A_DAY) {
        return Misfit.Kind.OUT_OF_RANGE;
      }
      putLong(to, micros);
      return null;
    }
  }

  /** timestamp and timestamptz: the last years before 294277 are beyond Arrow's 64 bits. */
  static final class Timestamp extends FixedDecoder {
    Timestamp(Form form, BufferAllocator allocator) {
      super(form, 8, 8, allocator);
    }

    @Override
    Misfit.Kind convert(long from, int length, long to) {
      long micros = Long.reverseBytes(getLong(from));
      if (micros == Long.MAX_VALUE) {
        return Misfit.Kind.POS_INF;
      } else if (micros == Long.MIN_VALUE) {
        return Misfit.Kind.NEG_INF;
      } else if (micros > Long.MAX_VALUE - Epoch.MICROS) {
        return Misfit.Kind.OUT_OF_RANGE;
      }
      putLong(to, micros + Epoch.MICROS);
      return null;
    }
  }

  /** interval: microseconds, days, months on the wire; months, days, nanoseconds in Arrow. */
  static final class Interval extends FixedDecoder {
    private static final long MOST_MICROS = Long.MAX_VALUE / 1000;

    Interval(BufferAllocator allocator) {
      super("interval", 16, 16, allocator);
    }

    @Override
    Misfit.Kind convert(long from, int length, long to) {
      long micros = Long.reverseBytes(getLong(from));
      int days = Integer.reverseBytes(getInt(from + 8));
      int months = Integer.reverseBytes(getInt(from + 12));
      if (micros > MOST_MICROS || micros < -MOST_MICROS) {
        if (micros == Long.MAX_VALUE && days == Integer.MAX_VALUE && months == Integer.MAX_VALUE) {
          return Misfit.Kind.POS_INF;
        } else if (micros == Long.MIN_VALUE
            && days == Integer.MIN_VALUE
            && months == Integer.MIN_VALUE) {
          return Misfit.Kind.NEG_INF;
        }
        return Misfit.Kind.OUT_OF_RANGE;
      }
      putInt(to, months);
      putInt(to + 4, days);
      putLong(to + 8, micros * 1000);
      return null;
    }
  }
}
