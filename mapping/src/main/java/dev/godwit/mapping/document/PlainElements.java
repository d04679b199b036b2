package dev.godwit.mapping.document;

import dev.godwit.mapping.OnLossy;
import dev.godwit.mapping.document.RowLosses.FieldLosses;
import dev.godwit.mapping.row.ValueText;
import org.apache.arrow.vector.BitVector;
import org.apache.arrow.vector.DateDayVector;
import org.apache.arrow.vector.FixedSizeBinaryVector;
import org.apache.arrow.vector.TimeStampVector;
import org.apache.arrow.vector.VarBinaryVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.types.pojo.ArrowType;

/** Truth values, text, bytes and times as elements. */
final class PlainElements {
  private static final long DAY = 86_400_000L;

  private PlainElements() {}

  static ElementWriter bool(BitVector vector) {
    return (row, name, out) -> {
      out.element(BsonType.BOOLEAN, name);
      out.int1(vector.get(row));
    };
  }

  static ElementWriter utf8(VarCharVector vector) {
    return (row, name, out) -> {
      int from = vector.getStartOffset(row);
      int length = vector.getEndOffset(row) - from;
      out.element(BsonType.STRING, name);
      out.int4(length + 1);
      out.raw(vector.getDataBuffer(), from, length);
      out.int1(0);
    };
  }

  static ElementWriter binary(VarBinaryVector vector) {
    return (row, name, out) -> {
      int from = vector.getStartOffset(row);
      int length = vector.getEndOffset(row) - from;
      out.element(BsonType.BINARY, name);
      out.int4(length);
      out.int1(BsonType.GENERIC);
      out.raw(vector.getDataBuffer(), from, length);
    };
  }

  static ElementWriter document(VarBinaryVector vector) {
    return (row, name, out) -> {
      int from = vector.getStartOffset(row);
      out.element(BsonType.DOCUMENT, name);
      out.raw(vector.getDataBuffer(), from, vector.getEndOffset(row) - from);
    };
  }

  static ElementWriter uuid(FixedSizeBinaryVector vector) {
    return (row, name, out) -> {
      out.element(BsonType.BINARY, name);
      out.int4(16);
      out.int1(BsonType.UUID);
      out.raw(vector.getDataBuffer(), 16L * row, 16);
    };
  }

  static ElementWriter date(DateDayVector vector) {
    return (row, name, out) -> {
      out.element(BsonType.DATE, name);
      out.int8(vector.get(row) * DAY);
    };
  }

  static ElementWriter timestamp(TimeStampVector vector, FieldLosses losses) {
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
        ElementWriters.string(ValueText.of(vector, row), name, out);
        return;
      }
      out.element(BsonType.DATE, name);
      out.int8(millis);
    };
  }
}
