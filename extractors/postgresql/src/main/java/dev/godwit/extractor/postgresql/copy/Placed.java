package dev.godwit.extractor.postgresql.copy;

import java.util.List;
import java.util.function.ToIntFunction;

/** Goes through values that stand at places of a batch, in the order of the places. */
final class Placed<T> {
  private final List<T> values;
  private final ToIntFunction<T> rowOf;
  private final ToIntFunction<T> columnOf;
  private int next = -1;
  private int row;

  Placed(List<T> values, ToIntFunction<T> rowOf, ToIntFunction<T> columnOf) {
    this.values = values;
    this.rowOf = rowOf;
    this.columnOf = columnOf;
    advance();
  }

  /** The row of the next value; -1 where there is none left. */
  int row() {
    return row;
  }

  boolean at(int atRow, int column) {
    return row == atRow && columnOf.applyAsInt(values.get(next)) == column;
  }

  /** The next value, which is passed. */
  T take() {
    T value = values.get(next);
    advance();
    return value;
  }

  private void advance() {
    next++;
    row = next < values.size() ? rowOf.applyAsInt(values.get(next)) : -1;
  }
}
