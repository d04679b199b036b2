package dev.godwit.mapping.document;

import dev.godwit.mapping.OnLossy;
import dev.godwit.mapping.document.RowLosses.FieldLosses;
import dev.godwit.mapping.row.ValueText;
import dev.godwit.spi.record.FieldKind;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.vector.BaseIntVector;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.BitVector;
import org.apache.arrow.vector.DateDayVector;
import org.apache.arrow.vector.DecimalVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.FixedSizeBinaryVector;
import org.apache.arrow.vector.Float4Vector;
import org.apache.arrow.vector.Float8Vector;
import org.apache.arrow.vector.IntVector;
import org.apache.arrow.vector.TimeStampVector;
import org.apache.arrow.vector.UInt8Vector;
import org.apache.arrow.vector.VarBinaryVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.complex.ListVector;
import org.apache.arrow.vector.complex.MapVector;
import org.apache.arrow.vector.complex.StructVector;
import org.apache.arrow.vector.types.pojo.ArrowType;

/** Chooses how the values of a column become elements: straight from its buffers, nothing boxed. */
final class ElementWriters {
  private static final long DAY = 86_400_000L;

  /** Digits that surely fit 64 bits. */
  private static final int SHORT = 18;

  private ElementWriters() {}

  /** The default of a column, null included. */
  static ElementWriter of(FieldVector vector, FieldLosses losses) {
    FieldKind kind = FieldKind.of(vector.getField());
    ElementWriter present = present(kind, vector, losses);
    if (kind == FieldKind.JSON) {
      return (row, name, out) -> { // its own null is written: so a field without one is left out
        if (!vector.isNull(row)) {
          present.write(row, name, out);
        }
      };
    }
    return nullable(vector, present);
  }

  /** The same, with null where the vector has null. */
  static ElementWriter nullable(FieldVector vector, ElementWriter present) {
    return (row, name, out) -> {
      if (vector.isNull(row)) {
        out.element(BsonType.NULL, name);
      } else {
        present.write(row, name, out);
      }
    };
  }

  /** Values as text. */
  static ElementWriter text(FieldVector vector) {
    return nullable(vector, (row, name, out) -> string(ValueText.of(vector, row), name, out));
  }

  private static ElementWriter present(FieldKind kind, FieldVector vector, FieldLosses losses) {
    return switch (kind) {
      case BOOL -> bool((BitVector) vector);
      case INTEGER -> integer(vector);
      case UNSIGNED -> unsigned((UInt8Vector) vector);
      case FLOAT -> floating(vector);
      case DECIMAL -> decimal(vector, losses);
      case TEXT_DECIMAL -> textDecimal((VarCharVector) vector, losses);
      case TEXT -> utf8((VarCharVector) vector);
      case OPAQUE ->
          vector instanceof VarCharVector text ? utf8(text) : binary((VarBinaryVector) vector);
      case BINARY -> binary((VarBinaryVector) vector);
      case BSON -> document((VarBinaryVector) vector);
      case DATE -> date((DateDayVector) vector);
      case LOCAL_TIMESTAMP, INSTANT -> timestamp((TimeStampVector) vector, losses);
      case TIME, INTERVAL -> text(vector);
      case UUID -> uuid((FixedSizeBinaryVector) vector);
      case JSON -> new JsonWriter((VarCharVector) vector, losses);
      case LIST -> list((ListVector) vector, losses);
      case STRUCT -> struct((StructVector) vector, losses);
      case MAP -> map((MapVector) vector, losses);
    };
  }

  /** A text. */
  static void string(String text, byte[] name, GrowingBytes out) {
    out.element(BsonType.STRING, name);
    out.text(text.getBytes(StandardCharsets.UTF_8));
  }

  private static ElementWriter bool(BitVector vector) {
    return (row, name, out) -> {
      out.element(BsonType.BOOLEAN, name);
      out.int1(vector.get(row));
    };
  }

  private static ElementWriter integer(FieldVector vector) {
    if (vector instanceof BigIntVector longs) {
      return (row, name, out) -> {
        out.element(BsonType.INT64, name);
        out.int8(longs.get(row));
      };
    } else if (vector instanceof IntVector ints) {
      return (row, name, out) -> {
        out.element(BsonType.INT32, name);
        out.int4(ints.get(row));
      };
    }
    BaseIntVector narrow = (BaseIntVector) vector;
    return (row, name, out) -> {
      out.element(BsonType.INT32, name);
      out.int4((int) narrow.getValueAsLong(row));
    };
  }

  private static ElementWriter unsigned(UInt8Vector vector) {
    return (row, name, out) -> {
      long value = vector.get(row);
      out.element(BsonType.DECIMAL, name);
      if (value >= 0) {
        Decimals.write(value, 0, out);
      } else {
        var ignored =
            Decimals.write(new BigDecimal(new BigInteger(Long.toUnsignedString(value))), out);
      }
    };
  }

  private static ElementWriter floating(FieldVector vector) {
    if (vector instanceof Float8Vector) {
      return (row, name, out) -> {
        out.element(BsonType.DOUBLE, name);
        out.int8(vector.getDataBuffer().getLong(8L * row)); // the payload of a NaN is kept
      };
    }
    Float4Vector floats = (Float4Vector) vector;
    return (row, name, out) -> {
      out.element(BsonType.DOUBLE, name);
      out.int8(Double.doubleToRawLongBits(floats.get(row)));
    };
  }

  private static ElementWriter decimal(FieldVector vector, FieldLosses losses) {
    int width = vector instanceof DecimalVector ? 16 : 32;
    int scale = ((ArrowType.Decimal) vector.getField().getType()).getScale();
    return (row, name, out) -> {
      ArrowBuf data = vector.getDataBuffer();
      long at = (long) row * width;
      long low = data.getLong(at);
      boolean small = true;
      for (int i = 8; i < width; i += 8) {
        small &= data.getLong(at + i) == low >> 63;
      }
      if (small && Decimals.fits(scale)) {
        out.element(BsonType.DECIMAL, name);
        Decimals.write(low, scale, out);
      } else {
        number(ValueText.decimal(vector, row), name, losses, out);
      }
    };
  }

  private static ElementWriter textDecimal(VarCharVector vector, FieldLosses losses) {
    return (row, name, out) -> {
      ArrowBuf data = vector.getDataBuffer();
      int from = vector.getStartOffset(row);
      int to = vector.getEndOffset(row);
      if (to - from > SHORT || !shortDecimal(data, from, to, name, out)) {
        byte[] text = new byte[to - from];
        data.getBytes(from, text);
        number(new BigDecimal(new String(text, StandardCharsets.US_ASCII)), name, losses, out);
      }
    };
  }

  /** Reads a sign, digits and at most one point without making a string; false for all else. */
  private static boolean shortDecimal(
      ArrowBuf data, int from, int to, byte[] name, GrowingBytes out) {
    int at = from;
    boolean negative = at < to && data.getByte(at) == '-';
    at += negative ? 1 : 0;
    long digits = 0;
    int scale = 0;
    int count = 0;
    boolean point = false;
    for (; at < to; at++) {
      byte c = data.getByte(at);
      if (c >= '0' && c <= '9') {
        digits = digits * 10 + (c - '0');
        scale += point ? 1 : 0;
        count++;
      } else if (c == '.' && !point) {
        point = true;
      } else {
        return false;
      }
    }
    if (count == 0) {
      return false;
    }
    out.element(BsonType.DECIMAL, name);
    Decimals.write(negative ? -digits : digits, scale, out);
    return true;
  }

  /** An exact number as Decimal128. */
  static void number(BigDecimal value, byte[] name, FieldLosses losses, GrowingBytes out) {
    int start = out.size();
    out.element(BsonType.DECIMAL, name);
    if (Decimals.write(value, out)) {
      return;
    }
    out.cutTo(start);
    OnLossy instead = losses.lost("Decimal128 holds 34 digits, and this number has more");
    if (instead == OnLossy.TEXT) {
      string(value.toPlainString(), name, out);
      return;
    }
    out.element(BsonType.DECIMAL, name);
    if (!Decimals.writeNearest(value, out)) {
      out.cutTo(start);
      out.element(BsonType.NULL, name);
    }
  }

  private static ElementWriter utf8(VarCharVector vector) {
    return (row, name, out) -> {
      int from = vector.getStartOffset(row);
      int length = vector.getEndOffset(row) - from;
      out.element(BsonType.STRING, name);
      out.int4(length + 1);
      out.raw(vector.getDataBuffer(), from, length);
      out.int1(0);
    };
  }

  private static ElementWriter binary(VarBinaryVector vector) {
    return (row, name, out) -> {
      int from = vector.getStartOffset(row);
      int length = vector.getEndOffset(row) - from;
      out.element(BsonType.BINARY, name);
      out.int4(length);
      out.int1(BsonType.GENERIC);
      out.raw(vector.getDataBuffer(), from, length);
    };
  }

  private static ElementWriter document(VarBinaryVector vector) {
    return (row, name, out) -> {
      int from = vector.getStartOffset(row);
      out.element(BsonType.DOCUMENT, name);
      out.raw(vector.getDataBuffer(), from, vector.getEndOffset(row) - from);
    };
  }

  private static ElementWriter uuid(FixedSizeBinaryVector vector) {
    return (row, name, out) -> {
      out.element(BsonType.BINARY, name);
      out.int4(16);
      out.int1(BsonType.UUID);
      out.raw(vector.getDataBuffer(), 16L * row, 16);
    };
  }

  private static ElementWriter date(DateDayVector vector) {
    return (row, name, out) -> {
      out.element(BsonType.DATE, name);
      out.int8(vector.get(row) * DAY);
    };
  }

  private static ElementWriter timestamp(TimeStampVector vector, FieldLosses losses) {
    long second =
        ValueText.perSecond(((ArrowType.Timestamp) vector.getField().getType()).getUnit());
    long part = Math.max(1, second / 1000); // of a millisecond
    long times = second == 1 ? 1000 : 1;
    return (row, name, out) -> {
      long value = vector.get(row);
      long millis = times == 1 ? Math.floorDiv(value, part) : Math.multiplyExact(value, times);
      if (part > 1
          && Math.floorMod(value, part) != 0
          && losses.lost("dates of MongoDB end at milliseconds, and this one goes on")
              == OnLossy.TEXT) {
        string(ValueText.of(vector, row), name, out);
        return;
      }
      out.element(BsonType.DATE, name);
      out.int8(millis);
    };
  }

  private static ElementWriter list(ListVector vector, FieldLosses losses) {
    ElementWriter element = of(vector.getDataVector(), losses);
    boolean json = FieldKind.of(vector.getDataVector().getField()) == FieldKind.JSON;
    return (row, name, out) -> {
      int from = vector.getElementStartIndex(row);
      int to = vector.getElementEndIndex(row);
      out.element(BsonType.ARRAY, name);
      int mark = out.beginLength();
      for (int i = from; i < to; i++) {
        if (json && vector.getDataVector().isNull(i)) {
          out.element(BsonType.NULL, Names.index(i - from)); // an array has no gaps
        } else {
          element.write(i, Names.index(i - from), out);
        }
      }
      out.endDocument(mark);
    };
  }

  private static ElementWriter struct(StructVector vector, FieldLosses losses) {
    FieldVector[] children = vector.getChildrenFromFields().toArray(FieldVector[]::new);
    ElementWriter[] members = new ElementWriter[children.length];
    byte[][] names = new byte[children.length][];
    for (int i = 0; i < children.length; i++) {
      members[i] = of(children[i], losses);
      names[i] = Names.of(children[i].getName());
    }
    return (row, name, out) -> {
      out.element(BsonType.DOCUMENT, name);
      int mark = out.beginLength();
      for (int i = 0; i < members.length; i++) {
        members[i].write(row, names[i], out);
      }
      out.endDocument(mark);
    };
  }

  private static ElementWriter map(MapVector vector, FieldLosses losses) {
    StructVector entries = (StructVector) vector.getDataVector();
    FieldVector keys = entries.getChildrenFromFields().get(0);
    FieldVector values = entries.getChildrenFromFields().get(1);
    ElementWriter value = of(values, losses);
    if (FieldKind.of(keys.getField()) == FieldKind.TEXT) {
      VarCharVector texts = (VarCharVector) keys;
      return (row, name, out) -> {
        out.element(BsonType.DOCUMENT, name);
        int mark = out.beginLength();
        for (int i = vector.getElementStartIndex(row); i < vector.getElementEndIndex(row); i++) {
          value.write(i, Names.of(new String(texts.get(i), StandardCharsets.UTF_8)), out);
        }
        out.endDocument(mark);
      };
    }
    ElementWriter key = of(keys, losses);
    return (row, name, out) -> {
      int from = vector.getElementStartIndex(row);
      out.element(BsonType.ARRAY, name);
      int mark = out.beginLength();
      for (int i = from; i < vector.getElementEndIndex(row); i++) {
        out.element(BsonType.ARRAY, Names.index(i - from));
        int pair = out.beginLength();
        key.write(i, Names.index(0), out);
        value.write(i, Names.index(1), out);
        out.endDocument(pair);
      }
      out.endDocument(mark);
    };
  }
}
