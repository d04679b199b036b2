package dev.godwit.transfer.hash;

import dev.godwit.spi.record.FieldKind;
import dev.godwit.spi.record.LargeReference;
import dev.godwit.spi.record.LargeValue;
import java.util.List;
import org.apache.arrow.vector.BaseVariableWidthVector;
import org.apache.arrow.vector.FieldVector;

/**
 * Whether the texts and bytes of a row are together more than {@link LargeValue#MOST_IN_ROW}: some
 * of them may have left it then, and each that could have is known by its hash. Which of them did
 * does not count, for it hangs on what lay in the row before columns were masked. Used by one
 * thread.
 */
final class WideRow {
  private final BaseVariableWidthVector[] columns;
  private boolean wide;

  /** For rows of these columns. */
  WideRow(List<FieldVector> vectors) {
    columns = vectors.stream().map(WideRow::textOrBytes).toArray(BaseVariableWidthVector[]::new);
  }

  /** The column where it is one of texts or bytes, else null. */
  private static BaseVariableWidthVector textOrBytes(FieldVector vector) {
    return switch (FieldKind.of(vector.getField())) {
      case TEXT, JSON, BINARY, BSON, OPAQUE -> (BaseVariableWidthVector) vector;
      default -> null;
    };
  }

  /** Goes to a row, which refers to these values ahead of it. */
  void at(int row, List<LargeReference> left) {
    long held = 0;
    for (BaseVariableWidthVector column : columns) {
      if (column != null && !column.isNull(row)) {
        held += LargeValue.counted(column.getValueLength(row));
      }
    }
    for (LargeReference reference : left) {
      held += LargeValue.counted(reference.length());
    }
    wide = held > LargeValue.MOST_IN_ROW;
  }

  /** Puts what stands for the value of a column in this row; false where it counts as it is. */
  boolean put(int row, int column, RowBytes out) {
    BaseVariableWidthVector vector = columns[column];
    if (!wide
        || vector == null
        || vector.isNull(row)
        || LargeValue.counted(vector.getValueLength(row)) == 0) {
      return false;
    }
    Bytes.large(vector, row, out);
    return true;
  }
}
