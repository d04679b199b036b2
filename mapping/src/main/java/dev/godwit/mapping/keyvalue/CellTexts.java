package dev.godwit.mapping.keyvalue;

import com.fasterxml.jackson.core.io.NumberOutput;
import dev.godwit.mapping.bytes.Digits;
import dev.godwit.mapping.bytes.GrowingBytes;
import dev.godwit.mapping.row.ValueText;
import dev.godwit.spi.record.FieldKind;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.UUID;
import org.apache.arrow.vector.BaseIntVector;
import org.apache.arrow.vector.BaseVariableWidthVector;
import org.apache.arrow.vector.BitVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.FixedSizeBinaryVector;
import org.apache.arrow.vector.Float4Vector;
import org.apache.arrow.vector.Float8Vector;
import org.apache.arrow.vector.TimeStampVector;
import org.apache.arrow.vector.types.pojo.ArrowType;

/**
 * The values of a column as text that says all of them: numbers as PostgreSQL prints them, times by
 * ISO 8601 with seconds, instants in UTC, text, JSON and bytes as they are, what is made of values
 * as JSON.
 */
final class CellTexts {
  private static final byte[] TRUE = Digits.ascii("true");
  private static final byte[] FALSE = Digits.ascii("false");
  private static final long SECONDS_A_DAY = 86_400;

  /** Doubles of so many digits before the point, and singles of so many, have an exponent. */
  private static final int DOUBLE_DIGITS = 15;

  private static final int SINGLE_DIGITS = 6;

  private CellTexts() {}

  /** The texts of a column. */
  static CellText of(FieldVector vector) {
    return switch (FieldKind.of(vector.getField())) {
      case BOOL -> (row, out) -> out.ascii(((BitVector) vector).get(row) != 0 ? TRUE : FALSE);
      case INTEGER -> {
        BaseIntVector integers = (BaseIntVector) vector;
        yield (row, out) -> Digits.whole(integers.getValueAsLong(row), out);
      }
      case FLOAT -> (row, out) -> out.ascii(Digits.ascii(floating(vector, row)));
      case TEXT, JSON, TEXT_DECIMAL, BINARY, BSON -> bytes((BaseVariableWidthVector) vector);
      case OPAQUE -> bytes((BaseVariableWidthVector) vector);
      case UUID -> {
        FixedSizeBinaryVector uuids = (FixedSizeBinaryVector) vector;
        yield (row, out) -> uuid(ValueText.uuid(uuids, row), out);
      }
      case LOCAL_TIMESTAMP -> timestamp((TimeStampVector) vector, false);
      case INSTANT -> timestamp((TimeStampVector) vector, true);
      case TIME -> (row, out) -> time(ValueText.nanosOfDay(vector, row), out);
      default ->
          (row, out) -> {
            byte[] text = ValueText.of(vector, row).getBytes(StandardCharsets.UTF_8);
            out.raw(text, 0, text.length);
          };
    };
  }

  private static CellText bytes(BaseVariableWidthVector vector) {
    return (row, out) -> {
      int from = vector.getStartOffset(row);
      out.raw(vector.getDataBuffer(), from, vector.getEndOffset(row) - from);
    };
  }

  private static void uuid(UUID uuid, GrowingBytes out) {
    out.ascii(Digits.ascii(uuid.toString()));
  }

  private static CellText timestamp(TimeStampVector vector, boolean utc) {
    long second =
        ValueText.perSecond(((ArrowType.Timestamp) vector.getField().getType()).getUnit());
    long nanos = ValueText.perSecond(org.apache.arrow.vector.types.TimeUnit.NANOSECOND) / second;
    return (row, out) -> {
      long value = vector.get(row);
      long seconds = Math.floorDiv(value, second);
      LocalDate day = LocalDate.ofEpochDay(Math.floorDiv(seconds, SECONDS_A_DAY));
      out.ascii(Digits.ascii(day.toString()));
      out.int1('T');
      long ofDay = Math.floorMod(seconds, SECONDS_A_DAY);
      time(ofDay * 1_000_000_000L + Math.floorMod(value, second) * nanos, out);
      if (utc) {
        out.int1('Z');
      }
    };
  }

  /** Hours, minutes, seconds, and as much of a fraction as there is. */
  private static void time(long nanosOfDay, GrowingBytes out) {
    long second = nanosOfDay / 1_000_000_000L;
    two((int) (second / 3600), out);
    out.int1(':');
    two((int) (second / 60 % 60), out);
    out.int1(':');
    two((int) (second % 60), out);
    long rest = nanosOfDay % 1_000_000_000L;
    if (rest != 0) {
      out.int1('.');
      for (long unit = 100_000_000L; rest != 0; unit /= 10) {
        out.int1((int) ('0' + rest / unit));
        rest %= unit;
      }
    }
  }

  private static void two(int value, GrowingBytes out) {
    out.int1('0' + value / 10);
    out.int1('0' + value % 10);
  }

  /** A double as PostgreSQL prints it. */
  static String floating(double value) {
    return floating(value, NumberOutput.toString(value, true), DOUBLE_DIGITS);
  }

  private static String floating(FieldVector vector, int row) {
    return vector instanceof Float4Vector single
        ? floating(single.get(row), NumberOutput.toString(single.get(row), true), SINGLE_DIGITS)
        : floating(
            ((Float8Vector) vector).get(row),
            NumberOutput.toString(((Float8Vector) vector).get(row), true),
            DOUBLE_DIGITS);
  }

  /**
   * The fewest digits that tell a number from all others, laid out as by {@code printf("%g")}.
   *
   * @see <a href="https://www.postgresql.org/docs/current/datatype-numeric.html">Numeric types,
   *     8.1.3</a>
   */
  private static String floating(double value, String shortest, int digits) {
    if (Double.isNaN(value) || Double.isInfinite(value)) {
      return Double.toString(value);
    } else if (value == 0) {
      return 1 / value < 0 ? "-0" : "0";
    }
    BigDecimal exact = new BigDecimal(shortest).stripTrailingZeros();
    int exponent = exact.precision() - exact.scale() - 1;
    if (exponent >= -4 && exponent < digits) {
      return exact.toPlainString();
    }
    String mantissa = exact.movePointLeft(exponent).toPlainString();
    String sign = exponent < 0 ? "-" : "+";
    String power = Integer.toString(Math.abs(exponent));
    return mantissa + "e" + sign + (power.length() < 2 ? "0" : "") + power;
  }
}
