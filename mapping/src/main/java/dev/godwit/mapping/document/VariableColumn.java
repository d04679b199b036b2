package dev.godwit.mapping.document;

import dev.godwit.mapping.bytes.GrowingBytes;
import dev.godwit.spi.record.LargeValue;
import java.util.Arrays;
import org.apache.arrow.vector.BaseVariableWidthVector;
import org.apache.arrow.vector.FieldVector;

/** A column of values of any length: text, bytes, JSON. */
class VariableColumn extends RowColumn {
  private final GrowingBytes out = new GrowingBytes(1 << 10);
  private final Cell cell;
  private int[] starts = new int[512];

  VariableColumn(Cell cell) {
    this.cell = cell;
  }

  /** Writes what one element becomes. */
  @FunctionalInterface
  interface Cell {
    /** Writes it; false where the column does not hold it. */
    boolean write(Elements of, int i, GrowingBytes to);
  }

  @Override
  final void begin(int next) {
    if (next + 1 >= starts.length) {
      starts = Arrays.copyOf(starts, starts.length * 2);
    }
    starts[next] = out.size();
  }

  /** Takes back what was written of the row. */
  @Override
  void none() {
    super.none();
    out.cutTo(starts[row()]);
  }

  @Override
  boolean take(Elements of, int i) {
    none();
    boolean held = cell.write(of, i, out);
    if (held) {
      there();
    } else {
      out.cutTo(starts[row()]);
    }
    return held;
  }

  /** Where the row's value goes that no element is; {@link #there} ends it. */
  final GrowingBytes out() {
    return out;
  }

  @Override
  final int size() {
    return out.size();
  }

  @Override
  final byte[] takeLarge() {
    int start = starts[row()];
    if (out.size() - start <= LargeValue.THRESHOLD) {
      return null;
    }
    byte[] large = Arrays.copyOfRange(out.array(), start, out.size());
    none();
    return large;
  }

  @Override
  final void fill(FieldVector vector, int rows) {
    int size = out.size();
    BaseVariableWidthVector values = (BaseVariableWidthVector) vector;
    values.allocateNew(size, rows);
    vector.getDataBuffer().setBytes(0, out.array(), 0, size);
    for (int i = 0; i < rows; i++) {
      vector.getOffsetBuffer().setInt(4L * i, starts[i]);
    }
    vector.getOffsetBuffer().setInt(4L * rows, size);
    values.setLastSet(rows - 1);
    out.clear();
  }
}
