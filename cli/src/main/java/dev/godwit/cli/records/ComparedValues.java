package dev.godwit.cli.records;

import dev.godwit.cli.screen.Amounts;
import dev.godwit.cli.screen.Json;
import dev.godwit.compare.Absent;
import dev.godwit.compare.Difference.Cell;
import dev.godwit.compare.ExtendedJson;
import dev.godwit.compare.Shortened;
import dev.godwit.spi.record.Misfit;
import dev.godwit.transfer.hash.RowValues;
import dev.godwit.transfer.hash.RowValues.Interval;
import dev.godwit.transfer.hash.RowValues.Large;
import dev.godwit.transfer.hash.RowValues.Odd;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Period;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.arrow.vector.PeriodDuration;

/** Values of rows that were compared, for people and for scripts; a misfit is never a null. */
public final class ComparedValues {
  private static final int HASH_SHOWN = 12;

  private ComparedValues() {}

  /** For people: text in quotes, so that an empty one is seen; bytes in hexadecimal digits. */
  public static String text(Object value) {
    if (value instanceof String text) {
      return '"' + text + '"';
    } else if (value instanceof BigDecimal number) {
      return Math.abs(number.scale()) > 60 ? number.toString() : number.toPlainString();
    } else if (value instanceof ByteBuffer bytes) {
      return "0x" + HexFormat.of().formatHex(RowValues.copy(bytes));
    } else if (value instanceof Odd odd) {
      return odd(odd) + " (misfit " + odd.kind() + ")";
    } else if (value instanceof Large large) {
      return hashed(large.length(), large.sha256());
    } else if (value instanceof Shortened cut) {
      return '"' + cut.start() + "...\" of " + hashed(cut.length(), cut.sha256());
    } else if (value instanceof Interval interval) {
      return interval(interval);
    } else if (value instanceof ExtendedJson json) {
      return json.text();
    } else if (value == Absent.FIELD) {
      return "no such field";
    } else if (value instanceof List<?> list) {
      return list.stream().map(ComparedValues::text).collect(Collectors.joining(", ", "[", "]"));
    }
    return String.valueOf(value);
  }

  private static String hashed(long length, String sha256) {
    return Amounts.count(length, "byte") + " (SHA-256 " + sha256.substring(0, HASH_SHOWN) + "...)";
  }

  /** For people: {@code id 17, day 2026-01-01}. */
  public static String text(List<Cell> cells) {
    return cells.stream()
        .map(cell -> cell.column() + " " + text(cell.value()))
        .collect(Collectors.joining(", "));
  }

  /** For scripts: column to value; a field that is not there is left out. */
  public static Map<String, Object> fields(List<Cell> cells) {
    Map<String, Object> fields = new LinkedHashMap<>();
    cells.stream()
        .filter(cell -> cell.value() != Absent.FIELD)
        .forEach(cell -> fields.put(cell.column(), field(cell.value())));
    return fields;
  }

  /** As {@code godwit cat} has it; a large value by its length and hash. */
  private static Object field(Object value) {
    if (value == null || value instanceof Boolean || value instanceof BigDecimal) {
      return value;
    } else if (value instanceof Double number) {
      return number.isNaN() || number.isInfinite() ? (Object) number.toString() : number;
    } else if (value instanceof ByteBuffer bytes) {
      return Base64.getEncoder().encodeToString(RowValues.copy(bytes));
    } else if (value instanceof Odd odd) {
      Map<String, Object> fields = new LinkedHashMap<>();
      fields.put("misfit", odd.kind().name());
      fields.put("value", odd(odd));
      return fields;
    } else if (value instanceof Large large) {
      Map<String, Object> fields = new LinkedHashMap<>();
      fields.put("large", large.length());
      fields.put("sha256", large.sha256());
      return fields;
    } else if (value instanceof Interval interval) {
      return interval(interval);
    } else if (value instanceof ExtendedJson json) {
      return new Json.Written(json.text());
    } else if (value instanceof List<?> list) {
      return list.stream().map(ComparedValues::field).collect(Collectors.toList());
    }
    return value.toString();
  }

  private static String odd(Odd odd) {
    return MisfitText.of(new Misfit(0, 0, odd.kind(), RowValues.copy(odd.bytes())));
  }

  private static String interval(Interval interval) {
    return new PeriodDuration(
            Period.ofMonths(interval.months()).plusDays(interval.days()),
            Duration.ofNanos(interval.nanoseconds()))
        .toISO8601IntervalString();
  }
}
