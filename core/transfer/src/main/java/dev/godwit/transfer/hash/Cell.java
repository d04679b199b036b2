package dev.godwit.transfer.hash;

/** Encodes the cells of one column; bound to its vector, chosen once for a schema. */
@FunctionalInterface
interface Cell {
  /** Appends the value of a row, its tag first. */
  void encode(int row, RowBytes out);
}
