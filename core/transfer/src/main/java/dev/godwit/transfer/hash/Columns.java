package dev.godwit.transfer.hash;

import dev.godwit.spi.record.FieldKind;
import org.apache.arrow.vector.BaseFixedWidthVector;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.DecimalVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.Float8Vector;
import org.apache.arrow.vector.IntVector;
import org.apache.arrow.vector.SmallIntVector;
import org.apache.arrow.vector.VarBinaryVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.types.TimeUnit;
import org.apache.arrow.vector.types.pojo.ArrowType;

/** Chooses how a column is encoded many rows at a time; the bytes are those of {@link Cells}. */
final class Columns {
  private static final int NANOSECONDS = 2;
  private static final int WIDEST_OTHER = 1 + 16; // a UUID, an interval

  private Columns() {}

  static Column of(FieldVector vector) {
    return switch (FieldKind.of(vector.getField())) {
      case INTEGER -> new LongColumn(fixed(vector), Tag.WHOLE, integers(vector), 0);
      case FLOAT ->
          new LongColumn(
              fixed(vector),
              Tag.FLOAT,
              vector instanceof Float8Vector ? LongColumn::doubles : LongColumn::floats,
              0);
      case DATE -> new LongColumn(fixed(vector), Tag.DATE, LongColumn::ints, 0);
      case LOCAL_TIMESTAMP, INSTANT -> timestamp(vector);
      case TEXT, JSON -> new BytesColumn((VarCharVector) vector, Tag.TEXT);
      case BINARY, BSON -> new BytesColumn((VarBinaryVector) vector, Tag.BYTES);
      case OPAQUE ->
          vector instanceof VarCharVector text
              ? new BytesColumn(text, Tag.TEXT)
              : new BytesColumn((VarBinaryVector) vector, Tag.BYTES);
      case BOOL, UUID, TIME, INTERVAL -> PlainColumn.bounded(Cells.of(vector), WIDEST_OTHER);
      case DECIMAL ->
          vector instanceof DecimalVector narrow
              ? new DecimalColumn(narrow)
              : PlainColumn.any(Cells.of(vector));
      case UNSIGNED, TEXT_DECIMAL, LIST, STRUCT, MAP -> PlainColumn.any(Cells.of(vector));
    };
  }

  private static BaseFixedWidthVector fixed(FieldVector vector) {
    return (BaseFixedWidthVector) vector;
  }

  private static LongColumn.Widening integers(FieldVector vector) {
    if (vector instanceof BigIntVector) {
      return LongColumn::longs;
    } else if (vector instanceof IntVector) {
      return LongColumn::ints;
    }
    return vector instanceof SmallIntVector ? LongColumn::shorts : LongColumn::bytes;
  }

  private static Column timestamp(FieldVector vector) {
    ArrowType.Timestamp type = (ArrowType.Timestamp) vector.getField().getType();
    if (type.getUnit() != TimeUnit.MICROSECOND) {
      return PlainColumn.bounded(Cells.of(vector), WIDEST_OTHER);
    }
    int tag = type.getTimezone() == null ? Tag.LOCAL_TIMESTAMP : Tag.INSTANT;
    return new LongColumn(fixed(vector), tag, LongColumn::longs, NANOSECONDS);
  }
}
