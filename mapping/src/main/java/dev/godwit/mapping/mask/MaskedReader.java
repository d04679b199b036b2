package dev.godwit.mapping.mask;

import dev.godwit.mapping.BatchesHeld;
import dev.godwit.mapping.MadeVectors;
import dev.godwit.spi.extract.RecordReader;
import dev.godwit.spi.record.RecordBatch;
import dev.godwit.spi.record.RecordItem;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.types.pojo.Field;

/**
 * Reads with some columns masked. Which column a large value belongs to is known only by the batch
 * after it, so large values are set aside on disk, those of masked columns to be hashed there.
 */
public final class MaskedReader implements RecordReader {
  private final BatchesHeld source;
  private final List<MaskedCells> masked;
  private final Set<Integer> columns;
  private final BufferAllocator allocator;
  private final MadeVectors made = new MadeVectors();

  /** Masks what a reader reads; closes it when it is closed. */
  public MaskedReader(RecordReader source, List<ColumnMask> masks, BufferAllocator allocator) {
    this.source = new BatchesHeld(source);
    this.masked = masks.stream().map(MaskedCells::new).toList();
    this.columns = masks.stream().map(ColumnMask::column).collect(Collectors.toSet());
    this.allocator = allocator;
  }

  @Override
  public RecordItem next() {
    made.free();
    return source.next(batch -> large -> !columns.contains(large.column()), this::masked);
  }

  private RecordBatch masked(RecordBatch batch) {
    List<FieldVector> vectors = new ArrayList<>(batch.rows().getFieldVectors());
    for (MaskedCells cells : masked) {
      FieldVector vector = cells.of(batch, source.spool(), allocator);
      made.add(vector);
      vectors.set(cells.column(), vector);
    }
    List<Field> fields = batch.rows().getSchema().getFields();
    return new RecordBatch(
        new VectorSchemaRoot(fields, vectors, batch.rowCount()),
        batch.misfits().stream().filter(m -> !columns.contains(m.column())).toList(),
        batch.large().stream().filter(l -> !columns.contains(l.column())).toList());
  }

  @Override
  public void close() {
    try (source) {
      made.close();
    }
  }
}
