package dev.godwit.vault.block;

import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.BaseFixedWidthVector;
import org.apache.arrow.vector.BaseVariableWidthVector;
import org.apache.arrow.vector.BitVector;
import org.apache.arrow.vector.ExtensionTypeVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.complex.ListVector;
import org.apache.arrow.vector.complex.StructVector;

/**
 * The nodes and buffers of a batch in their normal form, in the order of the Arrow columnar format:
 * depth first, of each field its validity, its offsets, its data. The vectors are not changed.
 */
final class BatchLayout implements AutoCloseable {
  private final BufferAllocator allocator;
  private final List<Long> nodes = new ArrayList<>();
  private final List<Part> parts = new ArrayList<>();
  private final List<FieldVector> copies = new ArrayList<>();

  BatchLayout(BufferAllocator allocator) {
    this.allocator = allocator;
  }

  /** Adds a column of the batch. */
  void add(FieldVector column, int rows) {
    add(column, Validity.all(rows));
  }

  private void add(FieldVector column, Validity around) {
    if (column instanceof ExtensionTypeVector<?> extension) {
      add((FieldVector) extension.getUnderlyingVector(), around);
      return;
    }
    Validity valid = Validity.read(column.getValidityBuffer(), around.rows(), around);
    nodes.add((long) valid.rows());
    nodes.add((long) valid.nulls());
    parts.add(valid.nulls() == 0 ? new Part.Empty() : new Part.Held(valid));
    if (column instanceof BitVector flags) {
      parts.add(new Part.Flags(flags.getDataBuffer(), valid));
    } else if (column instanceof BaseFixedWidthVector fixed) {
      parts.add(new Part.Fixed(fixed.getDataBuffer(), fixed.getTypeWidth(), valid));
    } else if (column instanceof BaseVariableWidthVector variable) {
      Ranges ranges = new Ranges(variable.getOffsetBuffer(), valid);
      parts.add(new Part.Offsets(variable.getOffsetBuffer(), ranges));
      parts.add(new Part.Bytes(variable.getDataBuffer(), ranges));
    } else if (column instanceof ListVector list) {
      addList(list, valid);
    } else if (column instanceof StructVector struct) {
      struct.getChildrenFromFields().forEach(child -> add(child, valid));
    } else {
      throw new IllegalArgumentException(
          "no block holds the Arrow type " + column.getField().getType());
    }
  }

  private void addList(ListVector list, Validity valid) {
    Ranges ranges = new Ranges(list.getOffsetBuffer(), valid);
    parts.add(new Part.Offsets(list.getOffsetBuffer(), ranges));
    FieldVector elements = list.getDataVector();
    if (ranges.total() > 0 && (!ranges.dense() || ranges.first() != 0)) {
      elements = compact(elements, ranges);
    }
    add(elements, Validity.all(Math.toIntExact(ranges.total())));
  }

  /** The elements that rows hold, one after the other. Rare: only a reused list needs it. */
  private FieldVector compact(FieldVector elements, Ranges ranges) {
    FieldVector copy = elements.getField().createVector(allocator);
    copies.add(copy);
    copy.allocateNew();
    int reached = 0;
    for (int row = 0; row < ranges.rows(); row++) {
      for (int i = 0; i < ranges.length(row); i++) {
        copy.copyFromSafe(ranges.from(row) + i, reached++, elements);
      }
    }
    copy.setValueCount(reached);
    return copy;
  }

  /** Of each field its length, then its nulls. */
  long[] nodes() {
    return nodes.stream().mapToLong(Long::longValue).toArray();
  }

  /** The buffers in order. */
  List<Part> parts() {
    return parts;
  }

  @Override
  public void close() {
    copies.forEach(FieldVector::close);
  }
}
