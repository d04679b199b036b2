package dev.godwit.transfer.hash;

import dev.godwit.spi.record.LargeReference;
import dev.godwit.spi.record.Misfit;
import dev.godwit.spi.record.RecordBatch;
import java.util.List;
import org.apache.arrow.vector.VectorSchemaRoot;

/**
 * Encodes the values of batches, row after row, misfits and references to large values among them.
 * Used by one thread.
 */
final class RowEncoder {
  private VectorSchemaRoot bound;
  private Cell[] cells = {};
  private WideRow wide = new WideRow(List.of());
  private List<Misfit> misfits = List.of();
  private List<LargeReference> large = List.of();
  private int misfitFrom;
  private int misfitTo;
  private int largeFrom;
  private int largeTo;

  /** Begins with a batch; the one before it must have been ended. */
  void begin(RecordBatch batch) {
    // Readers fill the same vectors again for each batch: what was chosen for them holds.
    if (batch.rows() != bound) {
      cells = batch.rows().getFieldVectors().stream().map(Cells::of).toArray(Cell[]::new);
      wide = new WideRow(batch.rows().getFieldVectors());
      bound = batch.rows();
    }
    misfits = batch.misfits();
    large = batch.large();
    misfitFrom = misfitTo = largeFrom = largeTo = 0;
  }

  /** The next row that holds a misfit or refers to a large value; beyond all where none does. */
  int nextOdd() {
    int misfit = misfitTo < misfits.size() ? misfits.get(misfitTo).row() : Integer.MAX_VALUE;
    int value = largeTo < large.size() ? large.get(largeTo).row() : Integer.MAX_VALUE;
    return Math.min(misfit, value);
  }

  /** Goes to a row; those that {@link #nextOdd} names are all gone to, in order. */
  void at(int row) {
    misfitFrom = misfitTo;
    while (misfitTo < misfits.size() && misfits.get(misfitTo).row() == row) {
      int before = misfitTo == misfitFrom ? -1 : misfits.get(misfitTo - 1).column();
      requireAfter(before, misfits.get(misfitTo++).column());
    }
    largeFrom = largeTo;
    while (largeTo < large.size() && large.get(largeTo).row() == row) {
      int before = largeTo == largeFrom ? -1 : large.get(largeTo - 1).column();
      requireAfter(before, large.get(largeTo++).column());
    }
    wide.at(row, large.subList(largeFrom, largeTo));
  }

  private void requireAfter(int before, int column) {
    if (column <= before || column >= cells.length) {
      throw unordered();
    }
  }

  /** Appends the value that a column has in this row. */
  void put(int row, int column, RowBytes out) {
    for (int i = misfitFrom; i < misfitTo; i++) {
      if (misfits.get(i).column() == column) {
        Bytes.misfit(misfits.get(i), out);
        return;
      }
    }
    for (int i = largeFrom; i < largeTo; i++) {
      if (large.get(i).column() == column) {
        Bytes.large(large.get(i), out);
        return;
      }
    }
    if (!wide.put(row, column, out)) {
      cells[column].encode(row, out);
    }
  }

  /**
   * After the last row: a misfit that was passed over would count as null, and hide a difference.
   */
  void end() {
    if (misfitTo < misfits.size() || largeTo < large.size()) {
      throw unordered();
    }
  }

  private static IllegalArgumentException unordered() {
    return new IllegalArgumentException(
        "misfits and references of a batch are ordered by row, then column");
  }
}
