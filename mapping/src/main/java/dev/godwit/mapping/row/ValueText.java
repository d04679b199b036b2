package dev.godwit.mapping.row;

import dev.godwit.spi.record.FieldKind;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.UUID;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.vector.BaseIntVector;
import org.apache.arrow.vector.BitVector;
import org.apache.arrow.vector.DateDayVector;
import org.apache.arrow.vector.Decimal256Vector;
import org.apache.arrow.vector.DecimalVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.FixedSizeBinaryVector;
import org.apache.arrow.vector.Float4Vector;
import org.apache.arrow.vector.Float8Vector;
import org.apache.arrow.vector.IntervalMonthDayNanoVector;
import org.apache.arrow.vector.TimeMicroVector;
import org.apache.arrow.vector.TimeNanoVector;
import org.apache.arrow.vector.TimeStampVector;
import org.apache.arrow.vector.UInt8Vector;
import org.apache.arrow.vector.VarBinaryVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.types.TimeUnit;
import org.apache.arrow.vector.types.pojo.ArrowType;

/**
 * A value as text that says all of it: numbers in plain digits, dates and times as ISO 8601 has
 * them, bytes in hexadecimal digits after {@code \x}, text and JSON as they are, and what is made
 * of values as JSON.
 */
public final class ValueText {
  private static final long NANOS = 1_000_000_000L;

  private ValueText() {}

  /** The text of a value; null for null. */
  public static String of(FieldVector vector, int row) {
    if (vector.isNull(row)) {
      return null;
    }
    return switch (FieldKind.of(vector.getField())) {
      case BOOL -> ((BitVector) vector).get(row) != 0 ? "true" : "false";
      case INTEGER -> Long.toString(((BaseIntVector) vector).getValueAsLong(row));
      case UNSIGNED -> Long.toUnsignedString(((UInt8Vector) vector).get(row));
      case FLOAT ->
          vector instanceof Float4Vector single
              ? Float.toString(single.get(row))
              : Double.toString(((Float8Vector) vector).get(row));
      case DECIMAL -> decimal(vector, row).toPlainString();
      case TEXT, JSON, TEXT_DECIMAL -> utf8((VarCharVector) vector, row);
      case OPAQUE ->
          vector instanceof VarCharVector text
              ? utf8(text, row)
              : hex(((VarBinaryVector) vector).get(row));
      case BINARY, BSON -> hex(((VarBinaryVector) vector).get(row));
      case DATE -> LocalDate.ofEpochDay(((DateDayVector) vector).get(row)).toString();
      case TIME -> LocalTime.ofNanoOfDay(nanosOfDay(vector, row)).toString();
      case LOCAL_TIMESTAMP -> instant(vector, row).atOffset(ZoneOffset.UTC).toLocalDateTime() + "";
      case INSTANT -> instant(vector, row).toString();
      case INTERVAL -> interval((IntervalMonthDayNanoVector) vector, row);
      case UUID -> uuid((FixedSizeBinaryVector) vector, row).toString();
      case LIST, STRUCT, MAP -> NestedJson.of(vector, row);
    };
  }

  /** A decimal of either width. */
  public static BigDecimal decimal(FieldVector vector, int row) {
    return vector instanceof DecimalVector narrow
        ? narrow.getObject(row)
        : ((Decimal256Vector) vector).getObject(row);
  }

  /** A time of day. */
  public static long nanosOfDay(FieldVector vector, int row) {
    return vector instanceof TimeNanoVector nanos
        ? nanos.get(row)
        : ((TimeMicroVector) vector).get(row) * 1000;
  }

  /** A timestamp; one without a zone as if it were in UTC. */
  public static Instant instant(FieldVector vector, int row) {
    long value = ((TimeStampVector) vector).get(row);
    long second = perSecond(((ArrowType.Timestamp) vector.getField().getType()).getUnit());
    return Instant.ofEpochSecond(
        Math.floorDiv(value, second), Math.floorMod(value, second) * (NANOS / second));
  }

  /** How many of a unit make a second. */
  public static long perSecond(TimeUnit unit) {
    return switch (unit) {
      case SECOND -> 1;
      case MILLISECOND -> 1000;
      case MICROSECOND -> 1_000_000;
      case NANOSECOND -> NANOS;
    };
  }

  /** A UUID, whose most significant byte is the first. */
  public static UUID uuid(FixedSizeBinaryVector vector, int row) {
    ByteBuffer bytes = ByteBuffer.wrap(vector.get(row));
    return new UUID(bytes.getLong(), bytes.getLong());
  }

  /**
   * ISO 8601 with a sign at each number, as PostgreSQL's interval style {@code iso_8601} writes it.
   */
  static String interval(IntervalMonthDayNanoVector vector, int row) {
    ArrowBuf data = vector.getDataBuffer();
    int months = IntervalMonthDayNanoVector.getMonths(data, row);
    int days = IntervalMonthDayNanoVector.getDays(data, row);
    long nanos = IntervalMonthDayNanoVector.getNanoseconds(data, row);
    StringBuilder text = new StringBuilder("P");
    part(text, months / 12, 'Y');
    part(text, months % 12, 'M');
    part(text, days, 'D');
    if (nanos != 0) {
      text.append('T');
      part(text, nanos / NANOS / 3600, 'H');
      part(text, nanos / NANOS / 60 % 60, 'M');
      long seconds = nanos % (60 * NANOS);
      if (seconds != 0) {
        BigDecimal exact = BigDecimal.valueOf(seconds, 9).stripTrailingZeros();
        text.append(exact.toPlainString()).append('S');
      }
    }
    return text.length() == 1 ? "PT0S" : text.toString();
  }

  private static void part(StringBuilder text, long value, char unit) {
    if (value != 0) {
      text.append(value).append(unit);
    }
  }

  private static String utf8(VarCharVector vector, int row) {
    return new String(vector.get(row), StandardCharsets.UTF_8);
  }

  private static String hex(byte[] bytes) {
    return "\\x" + HexFormat.of().formatHex(bytes);
  }
}
