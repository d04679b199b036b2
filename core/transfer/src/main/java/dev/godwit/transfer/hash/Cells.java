package dev.godwit.transfer.hash;

import dev.godwit.spi.record.FieldKind;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.BitVector;
import org.apache.arrow.vector.DateDayVector;
import org.apache.arrow.vector.Decimal256Vector;
import org.apache.arrow.vector.DecimalVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.FixedSizeBinaryVector;
import org.apache.arrow.vector.Float4Vector;
import org.apache.arrow.vector.Float8Vector;
import org.apache.arrow.vector.IntVector;
import org.apache.arrow.vector.IntervalMonthDayNanoVector;
import org.apache.arrow.vector.SmallIntVector;
import org.apache.arrow.vector.TinyIntVector;
import org.apache.arrow.vector.UInt8Vector;
import org.apache.arrow.vector.VarBinaryVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.complex.ListVector;
import org.apache.arrow.vector.complex.MapVector;
import org.apache.arrow.vector.complex.StructVector;

/** Chooses how the cells of a column are encoded: straight from its buffers, nothing boxed. */
final class Cells {
  private Cells() {}

  /**
   * The encoding of a column.
   *
   * @throws IllegalArgumentException for a type that no extractor of Godwit makes
   */
  static Cell of(FieldVector vector) {
    return switch (FieldKind.of(vector.getField())) {
      case BOOL -> bool((BitVector) vector);
      case INTEGER -> integer(vector);
      case UNSIGNED -> unsigned((UInt8Vector) vector);
      case FLOAT -> floating(vector);
      case DECIMAL ->
          vector instanceof DecimalVector narrow
              ? Numbers.of(narrow)
              : Numbers.of((Decimal256Vector) vector);
      case TEXT_DECIMAL -> Numbers.ofText((VarCharVector) vector);
      case TEXT, JSON -> Bytes.of((VarCharVector) vector, Tag.TEXT);
      case BINARY, BSON -> Bytes.of((VarBinaryVector) vector, Tag.BYTES);
      case OPAQUE ->
          vector instanceof VarCharVector text
              ? Bytes.of(text, Tag.TEXT)
              : Bytes.of((VarBinaryVector) vector, Tag.BYTES);
      case UUID -> uuid((FixedSizeBinaryVector) vector);
      case DATE -> date((DateDayVector) vector);
      case TIME, LOCAL_TIMESTAMP, INSTANT -> Times.of(vector);
      case INTERVAL -> interval((IntervalMonthDayNanoVector) vector);
      case LIST -> Nested.list((ListVector) vector);
      case STRUCT -> Nested.struct((StructVector) vector);
      case MAP -> Nested.map((MapVector) vector);
    };
  }

  /** The same, with null where the vector has null. */
  static Cell nullable(FieldVector vector, Cell present) {
    return (row, out) -> {
      if (vector.isNull(row)) {
        out.putByte(Tag.NULL);
      } else {
        present.encode(row, out);
      }
    };
  }

  private static Cell bool(BitVector vector) {
    return nullable(
        vector,
        (row, out) -> {
          out.putByte(Tag.BOOL);
          out.putByte(vector.get(row));
        });
  }

  private static Cell integer(FieldVector vector) {
    if (vector instanceof BigIntVector longs) {
      return nullable(vector, (row, out) -> Numbers.whole(longs.get(row), out));
    } else if (vector instanceof IntVector ints) {
      return nullable(vector, (row, out) -> Numbers.whole(ints.get(row), out));
    } else if (vector instanceof SmallIntVector shorts) {
      return nullable(vector, (row, out) -> Numbers.whole(shorts.get(row), out));
    }
    TinyIntVector bytes = (TinyIntVector) vector;
    return nullable(vector, (row, out) -> Numbers.whole(bytes.get(row), out));
  }

  private static Cell unsigned(UInt8Vector vector) {
    return nullable(vector, (row, out) -> Numbers.unsigned(vector.get(row), out));
  }

  private static Cell floating(FieldVector vector) {
    if (vector instanceof Float8Vector doubles) {
      return nullable(vector, (row, out) -> put(doubles.get(row), out));
    }
    Float4Vector floats = (Float4Vector) vector;
    return nullable(vector, (row, out) -> put(floats.get(row), out));
  }

  private static void put(double value, RowBytes out) {
    out.putByte(Tag.FLOAT);
    out.putLong(Double.doubleToLongBits(value)); // makes all NaN one
  }

  private static Cell uuid(FixedSizeBinaryVector vector) {
    return nullable(
        vector,
        (row, out) -> {
          out.putByte(Tag.UUID);
          out.put(vector.getDataBuffer(), 16L * row, 16);
        });
  }

  private static Cell date(DateDayVector vector) {
    return nullable(
        vector,
        (row, out) -> {
          out.putByte(Tag.DATE);
          out.putLong(vector.get(row));
        });
  }

  private static Cell interval(IntervalMonthDayNanoVector vector) {
    return nullable(
        vector,
        (row, out) -> {
          ArrowBuf data = vector.getDataBuffer();
          out.putByte(Tag.INTERVAL);
          out.putInt(IntervalMonthDayNanoVector.getMonths(data, row));
          out.putInt(IntervalMonthDayNanoVector.getDays(data, row));
          out.putLong(IntervalMonthDayNanoVector.getNanoseconds(data, row));
        });
  }
}
