package dev.godwit.cli.records;

import dev.godwit.spi.record.FieldKind;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.UUID;
import org.apache.arrow.vector.BaseIntVector;
import org.apache.arrow.vector.DateDayVector;
import org.apache.arrow.vector.DecimalVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.FixedSizeBinaryVector;
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
 * Single values as text: numbers plainly, times by ISO 8601, instants in UTC, binary in base64,
 * documents as Extended JSON. Not for lists, structs and maps.
 */
final class ValueText {
  private ValueText() {}

  /** The value at a place that is not null. */
  static String of(FieldKind kind, FieldVector vector, int row) {
    return switch (kind) {
      case INTEGER -> Long.toString(((BaseIntVector) vector).getValueAsLong(row));
      case UNSIGNED -> Long.toUnsignedString(((UInt8Vector) vector).get(row));
      case DECIMAL -> decimal(vector, row).toPlainString();
      case TEXT, JSON, TEXT_DECIMAL -> utf8(vector, row);
      case BINARY -> base64(((VarBinaryVector) vector).get(row));
      case BSON -> DocumentText.of(((VarBinaryVector) vector).get(row));
      case OPAQUE ->
          vector instanceof VarCharVector
              ? utf8(vector, row)
              : base64(((VarBinaryVector) vector).get(row));
      case DATE -> LocalDate.ofEpochDay(((DateDayVector) vector).get(row)).toString();
      case TIME -> time(vector, row).toString();
      case LOCAL_TIMESTAMP ->
          LocalDateTime.ofInstant(instant((TimeStampVector) vector, row), ZoneOffset.UTC)
              .toString();
      case INSTANT -> instant((TimeStampVector) vector, row).toString();
      case INTERVAL ->
          ((IntervalMonthDayNanoVector) vector).getObject(row).toISO8601IntervalString();
      case UUID -> uuid(((FixedSizeBinaryVector) vector).get(row)).toString();
      case BOOL, FLOAT -> vector.getObject(row).toString();
      case LIST, STRUCT, MAP -> throw new IllegalArgumentException(kind + " has parts");
    };
  }

  private static BigDecimal decimal(FieldVector vector, int row) {
    return vector instanceof DecimalVector narrow
        ? narrow.getObject(row)
        : (BigDecimal) vector.getObject(row);
  }

  private static String utf8(FieldVector vector, int row) {
    return new String(((VarCharVector) vector).get(row), StandardCharsets.UTF_8);
  }

  private static String base64(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }

  private static LocalTime time(FieldVector vector, int row) {
    return vector instanceof TimeNanoVector nanos
        ? LocalTime.ofNanoOfDay(nanos.get(row))
        : LocalTime.ofNanoOfDay(((TimeMicroVector) vector).get(row) * 1000);
  }

  private static Instant instant(TimeStampVector vector, int row) {
    TimeUnit unit = ((ArrowType.Timestamp) vector.getField().getType()).getUnit();
    long value = vector.get(row);
    return switch (unit) {
      case SECOND -> Instant.ofEpochSecond(value);
      case MILLISECOND -> Instant.ofEpochMilli(value);
      case MICROSECOND -> Instant.EPOCH.plus(value, ChronoUnit.MICROS);
      case NANOSECOND -> Instant.EPOCH.plusNanos(value);
    };
  }

  private static UUID uuid(byte[] bytes) {
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    return new UUID(buffer.getLong(), buffer.getLong());
  }
}
