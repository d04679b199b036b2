package dev.godwit.transfer.hash;

import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.types.TimeUnit;
import org.apache.arrow.vector.types.pojo.ArrowType;

/** Encodes times and timestamps as microseconds and what nanoseconds there are beyond. */
final class Times {
  private Times() {}

  static Cell of(FieldVector vector) {
    ArrowType type = vector.getField().getType();
    if (type instanceof ArrowType.Time time) {
      if (time.getBitWidth() != Long.SIZE) {
        throw new IllegalArgumentException("no records hold the Arrow type " + type);
      }
      return of(vector, Tag.TIME, time.getUnit());
    }
    ArrowType.Timestamp timestamp = (ArrowType.Timestamp) type;
    int tag = timestamp.getTimezone() == null ? Tag.LOCAL_TIMESTAMP : Tag.INSTANT;
    return of(vector, tag, timestamp.getUnit());
  }

  private static Cell of(FieldVector vector, int tag, TimeUnit unit) {
    return Cells.nullable(
        vector,
        (row, out) -> {
          ArrowBuf data = vector.getDataBuffer();
          long value = data.getLong((long) row * Long.BYTES);
          out.putByte(tag);
          switch (unit) {
            case SECOND -> put(Math.multiplyExact(value, 1_000_000L), 0, out);
            case MILLISECOND -> put(Math.multiplyExact(value, 1_000L), 0, out);
            case MICROSECOND -> put(value, 0, out);
            case NANOSECOND -> put(Math.floorDiv(value, 1_000L), Math.floorMod(value, 1_000), out);
          }
        });
  }

  private static void put(long microseconds, int nanoseconds, RowBytes out) {
    out.putLong(microseconds);
    out.putShort(nanoseconds);
  }
}
