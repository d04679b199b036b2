package dev.godwit.spi.record;

import java.util.List;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VectorSchemaRoot;

/**
 * Some records of one dataset. Where a value is a misfit or large, the column shows null at its
 * place and the value is found in the lists.
 *
 * @param rows the columns, all of the same length; owned by whoever made the batch
 * @param misfits values that their columns cannot hold, ordered by row, then column; nearly always
 *     empty
 * @param large references to values that travelled ahead of the batch, ordered by row, then column
 */
public record RecordBatch(VectorSchemaRoot rows, List<Misfit> misfits, List<LargeReference> large)
    implements RecordItem {

  /** A batch in which every value fits. */
  public RecordBatch(VectorSchemaRoot rows) {
    this(rows, List.of(), List.of());
  }

  /** How many records there are. */
  public int rowCount() {
    return rows.getRowCount();
  }

  /** How many bytes the columns take; without misfits and large values. */
  public long bytes() {
    long bytes = 0;
    for (FieldVector column : rows.getFieldVectors()) {
      bytes += column.getBufferSize();
    }
    return bytes;
  }

  /** The misfit at a place, or null. */
  public Misfit misfitAt(int row, int column) {
    return at(misfits, row, column);
  }

  /** The reference at a place, or null. */
  public LargeReference largeAt(int row, int column) {
    return at(large, row, column);
  }

  private static <T extends Placed> T at(List<T> ordered, int row, int column) {
    int low = 0;
    int high = ordered.size() - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      T found = ordered.get(middle);
      int order =
          found.row() != row
              ? Integer.compare(found.row(), row)
              : Integer.compare(found.column(), column);
      if (order == 0) {
        return found;
      } else if (order < 0) {
        low = middle + 1;
      } else {
        high = middle - 1;
      }
    }
    return null;
  }

  /** Something that stands for a value of the batch. */
  sealed interface Placed permits Misfit, LargeReference {
    int row();

    int column();
  }
}
