package dev.godwit.testkit.row;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/**
 * One record. A value is null or as {@link Cells} has it, an {@link Odd} for a misfit, or {@link
 * LargeBytes} for one that leaves its row.
 *
 * @param values one for each column
 */
public record Row(List<Object> values) {
  /** Copies the values, which may be null. */
  public Row {
    values = Collections.unmodifiableList(new ArrayList<>(values));
  }

  /** A row of these values. */
  public static Row of(Object... values) {
    return new Row(Arrays.asList(values));
  }

  /** The value of a column, counted from 0. */
  public Object get(int column) {
    return values.get(column);
  }
}
