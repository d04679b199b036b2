package dev.godwit.testkit.row;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
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
import org.apache.arrow.vector.VarBinaryVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.complex.ListVector;
import org.apache.arrow.vector.complex.StructVector;

/**
 * Reads and writes one cell of an Arrow vector as a plain value: {@link Boolean}, {@link Long} for
 * integers, dates, times and timestamps in the vector's own unit, {@link Double}, {@link
 * BigDecimal}, {@link String} for every kind over Utf8, {@link Bytes} for every kind over binary,
 * {@link Interval}, {@link List} for lists, structs (by position) and maps (pairs).
 */
public final class Cells {
  private Cells() {}

  /** The value of a cell, or null. */
  public static Object read(FieldVector vector, int row) {
    if (vector.isNull(row)) {
      return null;
    } else if (vector instanceof BitVector bits) {
      return bits.get(row) != 0;
    } else if (vector instanceof DateDayVector dates) {
      return (long) dates.get(row);
    } else if (vector instanceof BaseIntVector integers) {
      return integers.getValueAsLong(row);
    } else if (vector instanceof Float4Vector floats) {
      return (double) floats.get(row);
    } else if (vector instanceof Float8Vector floats) {
      return floats.get(row);
    } else if (vector instanceof DecimalVector decimals) {
      return decimals.getObject(row);
    } else if (vector instanceof Decimal256Vector decimals) {
      return decimals.getObject(row);
    } else if (vector instanceof VarCharVector texts) {
      return new String(texts.get(row), StandardCharsets.UTF_8);
    } else if (vector instanceof VarBinaryVector bytes) {
      return new Bytes(bytes.get(row));
    } else if (vector instanceof FixedSizeBinaryVector bytes) {
      return new Bytes(bytes.get(row));
    } else if (vector instanceof TimeMicroVector times) {
      return times.get(row);
    } else if (vector instanceof TimeNanoVector times) {
      return times.get(row);
    } else if (vector instanceof TimeStampVector stamps) {
      return stamps.get(row);
    } else if (vector instanceof IntervalMonthDayNanoVector intervals) {
      return new Interval(
          IntervalMonthDayNanoVector.getMonths(intervals.getDataBuffer(), row),
          IntervalMonthDayNanoVector.getDays(intervals.getDataBuffer(), row),
          IntervalMonthDayNanoVector.getNanoseconds(intervals.getDataBuffer(), row));
    } else if (vector instanceof ListVector lists) {
      List<Object> values = new ArrayList<>();
      for (int i = lists.getElementStartIndex(row); i < lists.getElementEndIndex(row); i++) {
        values.add(read(lists.getDataVector(), i));
      }
      return Collections.unmodifiableList(values);
    } else if (vector instanceof StructVector structs) {
      List<Object> values = new ArrayList<>();
      structs.getChildrenFromFields().forEach(child -> values.add(read(child, row)));
      return Collections.unmodifiableList(values);
    }
    throw new IllegalArgumentException("no cells of " + vector.getField());
  }

  /** Writes a cell; null makes it null. */
  public static void write(FieldVector vector, int row, Object value) {
    if (value == null) {
      vector.setNull(row);
    } else if (vector instanceof BitVector bits) {
      bits.setSafe(row, ((Boolean) value) ? 1 : 0);
    } else if (vector instanceof DateDayVector dates) {
      dates.setSafe(row, ((Long) value).intValue());
    } else if (vector instanceof BaseIntVector integers) {
      integers.setWithPossibleTruncate(row, (Long) value);
    } else if (vector instanceof Float4Vector floats) {
      floats.setSafe(row, ((Double) value).floatValue());
    } else if (vector instanceof Float8Vector floats) {
      floats.setSafe(row, (Double) value);
    } else if (vector instanceof DecimalVector decimals) {
      decimals.setSafe(row, (BigDecimal) value);
    } else if (vector instanceof Decimal256Vector decimals) {
      decimals.setSafe(row, (BigDecimal) value);
    } else if (vector instanceof VarCharVector texts) {
      texts.setSafe(row, ((String) value).getBytes(StandardCharsets.UTF_8));
    } else if (vector instanceof VarBinaryVector bytes) {
      bytes.setSafe(row, ((Bytes) value).array());
    } else if (vector instanceof FixedSizeBinaryVector bytes) {
      bytes.setSafe(row, ((Bytes) value).array());
    } else if (vector instanceof TimeMicroVector times) {
      times.setSafe(row, (Long) value);
    } else if (vector instanceof TimeNanoVector times) {
      times.setSafe(row, (Long) value);
    } else if (vector instanceof TimeStampVector stamps) {
      stamps.setSafe(row, (Long) value);
    } else if (vector instanceof IntervalMonthDayNanoVector intervals) {
      Interval interval = (Interval) value;
      intervals.setSafe(row, interval.months(), interval.days(), interval.nanoseconds());
    } else if (vector instanceof ListVector lists) {
      List<?> values = (List<?>) value;
      int first = lists.startNewValue(row);
      for (int i = 0; i < values.size(); i++) {
        write(lists.getDataVector(), first + i, values.get(i));
      }
      lists.endValue(row, values.size());
    } else if (vector instanceof StructVector structs) {
      List<?> values = (List<?>) value;
      structs.setIndexDefined(row);
      for (int i = 0; i < values.size(); i++) {
        write(structs.getChildrenFromFields().get(i), row, values.get(i));
      }
    } else {
      throw new IllegalArgumentException("no cells of " + vector.getField());
    }
  }
}
