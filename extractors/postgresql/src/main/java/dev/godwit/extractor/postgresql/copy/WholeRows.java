package dev.godwit.extractor.postgresql.copy;

import static org.apache.arrow.memory.util.MemoryUtil.getByte;
import static org.apache.arrow.memory.util.MemoryUtil.getInt;
import static org.apache.arrow.memory.util.MemoryUtil.getLong;
import static org.apache.arrow.memory.util.MemoryUtil.getShort;
import static org.apache.arrow.memory.util.MemoryUtil.putInt;
import static org.apache.arrow.memory.util.MemoryUtil.putLong;
import static org.apache.arrow.memory.util.MemoryUtil.putShort;

import dev.godwit.extractor.postgresql.type.Form;
import dev.godwit.spi.record.LargeValue;
import java.math.BigInteger;

/**
 * The innermost loop of a backup: takes rows from where the socket put them, each a whole message,
 * and puts their values into the columns' buffers.
 *
 * <p>It knows nothing but the common case. Framing, counts and the kinds of fixed width are in one
 * method without calls, which the JVM compiles early and well; validity is written once for all
 * rows of a call. A row with anything unusual (a large value, a misfit, a special number, a length
 * that is not the type's) is left untouched for {@link BatchDecoder}, whose plain path reads every
 * row and says what is wrong. Both paths give the same batches.
 */
final class WholeRows {
  /** Kind of the message, its length, count of fields. */
  private static final int BEFORE_FIELDS = 7;

  /** What the message's length counts before the fields: itself and their count. */
  private static final int COUNTED = 6;

  private static final int NULL = -1;

  private enum Kind {
    TWO,
    FOUR,
    EIGHT,
    SIXTEEN,
    TIMESTAMP,
    DECIMAL,
    ANY
  }

  private final ColumnDecoder[] decoders;
  private final int single;
  private final int sent;
  private final Kind[] kinds;
  private final int[] scales;
  private final long[] bounds;
  private final FixedDecoder[] fixed;

  /** How many values each column had before the call. */
  private final int[] before;

  private long next;
  private long wireBytes;

  WholeRows(RowShape shape, ColumnDecoder[] decoders) {
    int count = decoders.length;
    this.decoders = decoders;
    this.single = shape.single();
    this.sent = shape.sent();
    this.kinds = new Kind[count];
    this.scales = new int[count];
    this.bounds = new long[count];
    this.fixed = new FixedDecoder[count];
    this.before = new int[count];
    for (int i = 0; i < count; i++) {
      Form form = shape.forms().get(i);
      kinds[i] = kind(form);
      if (kinds[i] == Kind.DECIMAL) {
        Form.Decimal decimal = (Form.Decimal) form;
        scales[i] = decimal.scale();
        bounds[i] = BigInteger.TEN.pow(decimal.precision()).longValueExact();
      }
      fixed[i] = kinds[i] == Kind.ANY ? null : (FixedDecoder) decoders[i];
    }
  }

  private static Kind kind(Form form) {
    if (form instanceof Form.Decimal decimal) {
      return decimal.width() == 16 && decimal.precision() <= 18 ? Kind.DECIMAL : Kind.ANY;
    }
    if (form instanceof Form.Scalar scalar) {
      return switch (scalar) {
        case INT2 -> Kind.TWO;
        case INT4, FLOAT4 -> Kind.FOUR;
        case INT8, UINT8, FLOAT8 -> Kind.EIGHT;
        case UUID -> Kind.SIXTEEN;
        case TIMESTAMP, TIMESTAMPTZ -> Kind.TIMESTAMP;
        default -> Kind.ANY;
      };
    }
    return Kind.ANY;
  }

  /** Where the last call stopped: behind the last row that it read. */
  long next() {
    return next;
  }

  /** Bytes of fields that the rows of the last call had on the wire. */
  long wireBytes() {
    return wireBytes;
  }

  /**
   * Appends rows, until one is not whole or not common, or enough are read.
   *
   * @param from where the first message begins
   * @param end where what was received ends
   * @param most no more rows than this, at most {@link FixedDecoder#MOST_AT_ONCE}
   * @param mostBytes no row is begun once the rows have this many bytes of fields
   * @return how many rows
   */
  int read(long from, long end, int most, long mostBytes) {
    for (int i = 0; i < kinds.length; i++) {
      before[i] = decoders[i].count();
      if (fixed[i] != null) {
        fixed[i].begin(most);
      }
    }
    long at = from;
    long bytes = 0;
    int rows = 0;
    while (rows < most && bytes < mostBytes && end - at >= BEFORE_FIELDS && getByte(at) == 'd') {
      int length = Integer.reverseBytes(getInt(at + 1));
      long rowEnd = at + 1 + length;
      if (length < COUNTED
          || rowEnd > end
          || Short.reverseBytes(getShort(at + 5)) != sent
          || !row(at + BEFORE_FIELDS, rowEnd, rows)) {
        break;
      }
      rows++;
      bytes += length - COUNTED;
      at = rowEnd;
    }
    for (FixedDecoder column : fixed) {
      if (column != null) {
        column.end(rows);
      }
    }
    next = at;
    wireBytes = bytes;
    return rows;
  }

  /** Appends the fields of a row; false, and nothing is appended, if it is not a common one. */
  private boolean row(long from, long end, int row) {
    long at = from;
    for (int i = 0; i < single; i++) {
      if (end - at < 4) {
        return takeBack(row);
      }
      int length = Integer.reverseBytes(getInt(at));
      at += 4;
      if (length < 0) {
        if (length != NULL) {
          return takeBack(row);
        }
        appendNull(i, row);
      } else if (length > end - at || length > LargeValue.THRESHOLD || !value(i, at, length, row)) {
        return takeBack(row);
      } else {
        at += length;
      }
    }
    if (single < kinds.length) {
      return appends(decoders[single], from, (int) (end - from));
    }
    return at == end || takeBack(row);
  }

  private void appendNull(int i, int row) {
    if (fixed[i] == null) {
      decoders[i].appendNull();
    } else {
      fixed[i].setNull(row);
    }
  }

  private boolean value(int i, long at, int length, int row) {
    FixedDecoder column = fixed[i];
    if (column == null) {
      return appends(decoders[i], at, length);
    }
    long to = column.place(row);
    return switch (kinds[i]) {
      case TWO -> length == 2 && two(at, to);
      case FOUR -> length == 4 && four(at, to);
      case EIGHT -> length == 8 && eight(at, to);
      case SIXTEEN -> length == 16 && sixteen(at, to);
      case TIMESTAMP -> length == 8 && timestamp(at, to);
      case DECIMAL -> decimal(SmallDecimal.read(at, length, scales[i]), bounds[i], to);
      case ANY -> throw new IllegalStateException("values of any kind have no place of their own");
    };
  }

  private static boolean two(long at, long to) {
    putShort(to, Short.reverseBytes(getShort(at)));
    return true;
  }

  private static boolean four(long at, long to) {
    putInt(to, Integer.reverseBytes(getInt(at)));
    return true;
  }

  private static boolean eight(long at, long to) {
    putLong(to, Long.reverseBytes(getLong(at)));
    return true;
  }

  private static boolean sixteen(long at, long to) {
    putLong(to, getLong(at));
    putLong(to + 8, getLong(at + 8));
    return true;
  }

  private static boolean timestamp(long at, long to) {
    long micros = Long.reverseBytes(getLong(at));
    putLong(to, micros + Epoch.MICROS);
    return micros != Long.MIN_VALUE && micros <= Long.MAX_VALUE - Epoch.MICROS;
  }

  private static boolean decimal(long unscaled, long bound, long to) {
    putLong(to, unscaled);
    putLong(to + 8, unscaled >> 63);
    return unscaled != SmallDecimal.NONE && Math.abs(unscaled) < bound;
  }

  private static boolean appends(ColumnDecoder decoder, long at, int length) {
    try {
      return decoder.append(at, length) == null;
    } catch (Malformed e) {
      return false; // the plain path meets it again, and says in which column
    }
  }

  /** Takes back the fields of a row that was found to be uncommon. */
  private boolean takeBack(int row) {
    for (int i = 0; i < kinds.length; i++) {
      if (fixed[i] != null) {
        fixed[i].takeBack(row);
      } else if (decoders[i].count() > before[i] + row) {
        decoders[i].truncate(before[i] + row);
      }
    }
    return false;
  }
}
