package dev.godwit.mapping.row;

import dev.godwit.mapping.MadeVectors;
import dev.godwit.spi.extract.RecordReader;
import dev.godwit.spi.record.Misfit;
import dev.godwit.spi.record.RecordBatch;
import dev.godwit.spi.record.RecordItem;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.types.pojo.Field;

/** Reads the rows of a partition as another engine's. Large values are passed on as they come. */
final class ChangingReader implements RecordReader {
  private final RecordReader source;
  private final List<ChangedColumn> columns;
  private final List<Field> fields;
  private final CellLosses losses;
  private final BufferAllocator allocator;
  private final MadeVectors made = new MadeVectors();

  ChangingReader(
      RecordReader source,
      List<ChangedColumn> columns,
      CellLosses losses,
      BufferAllocator allocator) {
    this.source = source;
    this.columns = List.copyOf(columns);
    this.fields = columns.stream().map(ChangedColumn::target).toList();
    this.losses = losses;
    this.allocator = allocator;
  }

  @Override
  public RecordItem next() {
    made.free();
    RecordItem item = source.next();
    return item instanceof RecordBatch batch ? changed(batch) : item;
  }

  private RecordBatch changed(RecordBatch batch) {
    losses.over(batch.rows());
    List<FieldVector> vectors = new ArrayList<>();
    List<Misfit> misfits = new ArrayList<>();
    for (int place = 0; place < columns.size(); place++) {
      FieldVector vector = columns.get(place).of(batch, misfits, allocator);
      if (vector != batch.rows().getVector(place)) {
        made.add(vector);
      }
      vectors.add(vector);
    }
    misfits.sort(Comparator.comparingInt(Misfit::row).thenComparingInt(Misfit::column));
    return new RecordBatch(
        new VectorSchemaRoot(fields, vectors, batch.rowCount()),
        misfits,
        batch.large().stream().filter(l -> columns.get(l.column()).keepsLarge()).toList());
  }

  @Override
  public void close() {
    try (source) {
      made.close();
    }
  }
}
