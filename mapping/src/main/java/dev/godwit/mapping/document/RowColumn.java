package dev.godwit.mapping.document;

import dev.godwit.spi.record.Misfit;
import java.util.Arrays;
import java.util.List;
import org.apache.arrow.vector.FieldVector;

/**
 * A column of rows that are made one after the other. What it holds of a batch is copied into the
 * batch's vector once, at its end.
 */
abstract class RowColumn {
  private byte[] valid = new byte[64];
  private int row;

  /** Goes to a row, from 0; its value is null until it is taken. */
  final void at(int next) {
    row = next;
    if (row >> 3 >= valid.length) {
      valid = Arrays.copyOf(valid, valid.length * 2);
    }
    if ((row & 7) == 0) {
      valid[row >> 3] = 0;
    }
    begin(row);
  }

  /** The row that it is at. */
  final int row() {
    return row;
  }

  /** The value of the row is there. */
  final void there() {
    valid[row >> 3] |= (byte) (1 << (row & 7));
  }

  /** The value of the row is null. */
  void none() {
    valid[row >> 3] &= (byte) ~(1 << (row & 7));
  }

  /**
   * Takes a value for the row.
   *
   * @return false, and the row's value is null, where the column does not hold such a value
   */
  abstract boolean take(Elements of, int i);

  /** Makes place for a row. */
  abstract void begin(int next);

  /** Bytes that it holds. */
  abstract int size();

  /** Adds what it could not put into its vector. */
  void odd(int column, List<Misfit> misfits) {}

  /** Takes the row's value out where it is large. */
  byte[] takeLarge() {
    return null;
  }

  /** Puts the values of so many rows into the vector, and begins anew. */
  final void give(FieldVector vector, int rows) {
    fill(vector, rows);
    vector.getValidityBuffer().setBytes(0, valid, 0, (rows + 7) >> 3);
    vector.setValueCount(rows);
    row = 0;
  }

  /** Allocates the vector and puts the values in. */
  abstract void fill(FieldVector vector, int rows);
}
