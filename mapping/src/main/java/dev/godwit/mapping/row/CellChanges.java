package dev.godwit.mapping.row;

import dev.godwit.spi.record.FieldKind;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.IntervalMonthDayNanoVector;
import org.apache.arrow.vector.TimeMicroVector;
import org.apache.arrow.vector.TimeNanoVector;
import org.apache.arrow.vector.TimeStampVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.types.TimeUnit;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;

/** Finds how the values of one field become those of another. */
final class CellChanges {
  private static final long NANOS = 1000;
  private static final String MICROSECONDS = "the target's times end at microseconds";

  private CellChanges() {}

  /**
   * The change from a field to the one that a target wants; nothing where values lie in both alike.
   *
   * @throws IllegalArgumentException where no change is known
   */
  static Optional<CellChange> of(Field from, Field to) {
    FieldKind source = FieldKind.of(from);
    FieldKind target = FieldKind.of(to);
    if (target == FieldKind.INTERVAL && source == target) {
      return Optional.of(CellChanges::interval);
    } else if (from.getType().equals(to.getType()) && from.getChildren().equals(to.getChildren())) {
      return Optional.empty();
    } else if (target == FieldKind.TEXT) {
      return Optional.of((vector, row, made) -> text(ValueText.of(vector, row), row, made));
    } else if (target == FieldKind.JSON) {
      return Optional.of(CellChanges::json);
    } else if (target == FieldKind.TIME && source == target) {
      return Optional.of(CellChanges::time);
    } else if (source == target
        && (target == FieldKind.INSTANT || target == FieldKind.LOCAL_TIMESTAMP)
        && ((ArrowType.Timestamp) to.getType()).getUnit() == TimeUnit.MICROSECOND) {
      long second = ValueText.perSecond(((ArrowType.Timestamp) from.getType()).getUnit());
      return Optional.of((vector, row, made) -> micros(vector, row, made, second));
    }
    throw new IllegalArgumentException("no " + source + " becomes " + to.getType());
  }

  private static String text(String text, int row, FieldVector to) {
    ((VarCharVector) to).setSafe(row, text.getBytes(StandardCharsets.UTF_8));
    return null;
  }

  /** What {@code jsonb} does not hold is told by its escape, which names a zero character. */
  private static String json(FieldVector from, int row, FieldVector to) {
    String json = ValueText.of(from, row);
    String without = ZeroCharacters.leftOutOfJson(json);
    text(without, row, to);
    return without.length() == json.length() ? null : ZeroCharacters.WHY;
  }

  private static String time(FieldVector from, int row, FieldVector to) {
    long nanos = ((TimeNanoVector) from).get(row);
    ((TimeMicroVector) to).setSafe(row, nanos / NANOS);
    return nanos % NANOS == 0 ? null : MICROSECONDS;
  }

  private static String micros(FieldVector from, int row, FieldVector to, long second) {
    long value = ((TimeStampVector) from).get(row);
    long micro = ValueText.perSecond(TimeUnit.MICROSECOND);
    if (second > micro) {
      ((TimeStampVector) to).setSafe(row, Math.floorDiv(value, second / micro));
      return Math.floorMod(value, second / micro) == 0 ? null : MICROSECONDS;
    }
    long factor = micro / second;
    if (value > Long.MAX_VALUE / factor || value < Long.MIN_VALUE / factor) {
      return "the time is beyond what the target holds";
    }
    ((TimeStampVector) to).setSafe(row, value * factor);
    return null;
  }

  private static String interval(FieldVector from, int row, FieldVector to) {
    ArrowBuf data = from.getDataBuffer();
    long nanos = IntervalMonthDayNanoVector.getNanoseconds(data, row);
    ((IntervalMonthDayNanoVector) to)
        .setSafe(
            row,
            IntervalMonthDayNanoVector.getMonths(data, row),
            IntervalMonthDayNanoVector.getDays(data, row),
            nanos - nanos % NANOS);
    return nanos % NANOS == 0 ? null : MICROSECONDS;
  }
}
