package dev.godwit.mapping.row;

import org.apache.arrow.vector.FieldVector;

/** Writes a value of one type as one of another. */
@FunctionalInterface
interface CellChange {
  /**
   * Writes the value of a row, which is not null, into the same row.
   *
   * @return why it is not just that value; null where it is. What is nearest was written then, or
   *     nothing.
   */
  String write(FieldVector from, int row, FieldVector to);
}
