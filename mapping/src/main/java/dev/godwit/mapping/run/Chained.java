package dev.godwit.mapping.run;

import dev.godwit.mapping.Conversion;
import dev.godwit.mapping.FieldMapping;
import dev.godwit.mapping.Losses;
import dev.godwit.mapping.row.RowsToRows;
import dev.godwit.spi.dataset.Dataset;
import dev.godwit.spi.dataset.Partition;
import dev.godwit.spi.extract.RecordReader;
import dev.godwit.spi.load.Placement;
import dev.godwit.spi.load.Placement.Fidelity;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;

/**
 * Records of one shape as those of another, and these as the target's, such as documents as rows,
 * and these as the target's rows.
 *
 * @param first makes only what any target of its shape holds, so that nothing of it is lost in the
 *     second
 * @param second has a field for each of the first
 */
record Chained(Conversion first, Conversion second) implements Conversion {
  @Override
  public Dataset dataset() {
    return second.dataset();
  }

  @Override
  public List<FieldMapping> fields() {
    List<FieldMapping> fields = new ArrayList<>();
    for (int i = 0; i < first.fields().size(); i++) {
      FieldMapping made = first.fields().get(i);
      Placement placed = second.fields().get(i).target();
      Fidelity own = made.target().fidelity();
      boolean same = made.target().field().getType().equals(placed.field().getType());
      Fidelity both = same || own.compareTo(placed.fidelity()) > 0 ? own : placed.fidelity();
      String note = made.target().note().isEmpty() ? placed.note() : made.target().note();
      fields.add(new FieldMapping(made.source(), new Placement(placed.field(), both, note)));
    }
    return fields;
  }

  @Override
  public RecordReader reading(
      Partition partition, RecordReader source, Losses losses, BufferAllocator allocator) {
    RecordReader made = first.reading(partition, source, losses, allocator);
    if (second instanceof RowsToRows rows && rows.keepsEveryType()) {
      return made;
    }
    try {
      return second.reading(partition, made, losses, allocator);
    } catch (RuntimeException | Error e) {
      made.close();
      throw e;
    }
  }
}
