package dev.godwit.mapping.run;

import dev.godwit.mapping.BatchesHeld;
import dev.godwit.mapping.MadeVectors;
import dev.godwit.spi.extract.RecordReader;
import dev.godwit.spi.record.LargeReference;
import dev.godwit.spi.record.LargeValue;
import dev.godwit.spi.record.RecordBatch;
import dev.godwit.spi.record.RecordItem;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.BaseVariableWidthVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VectorSchemaRoot;

/**
 * Puts values back into their row that left it because the row was wide, where it is not any more:
 * a mask made another value short, or left a column out. In the target the same row is read whole,
 * and both must count as the same.
 */
final class NarrowedRows implements RecordReader {
  private final BatchesHeld source;
  private final BufferAllocator allocator;
  private final MadeVectors made = new MadeVectors();

  /** The large values of the batch that is held which go back into it. */
  private Set<LargeReference> returning = Set.of();

  /** Reads what a reader reads; closes it when it is closed. */
  NarrowedRows(RecordReader source, BufferAllocator allocator) {
    this.source = new BatchesHeld(source);
    this.allocator = allocator;
  }

  @Override
  public RecordItem next() {
    made.free();
    return source.next(this::staying, this::narrowed);
  }

  /** Finds what goes back into its row; all else stays out of it. */
  private Predicate<LargeReference> staying(RecordBatch batch) {
    Map<Integer, Long> held = new HashMap<>();
    batch.large().forEach(l -> held.merge(l.row(), LargeValue.counted(l.length()), Long::sum));
    held.replaceAll((row, left) -> left + counted(batch, row));
    returning =
        batch.large().stream()
            .filter(l -> LargeValue.counted(l.length()) > 0)
            .filter(l -> batch.rows().getVector(l.column()) instanceof BaseVariableWidthVector)
            .filter(l -> held.get(l.row()) <= LargeValue.MOST_IN_ROW)
            .collect(Collectors.toSet());
    Set<LargeReference> found = returning;
    return large -> !found.contains(large);
  }

  /** What the values count that are in a row. */
  private static long counted(RecordBatch batch, int row) {
    long held = 0;
    for (FieldVector vector : batch.rows().getFieldVectors()) {
      if (vector instanceof BaseVariableWidthVector texts && !texts.isNull(row)) {
        held += LargeValue.counted(texts.getValueLength(row));
      }
    }
    return held;
  }

  private RecordBatch narrowed(RecordBatch batch) {
    if (returning.isEmpty()) {
      return batch;
    }
    List<FieldVector> vectors = new ArrayList<>(batch.rows().getFieldVectors());
    for (int column = 0; column < vectors.size(); column++) {
      int at = column;
      List<LargeReference> own = returning.stream().filter(l -> l.column() == at).toList();
      if (!own.isEmpty()) {
        vectors.set(column, filled((BaseVariableWidthVector) vectors.get(column), batch, own));
      }
    }
    return new RecordBatch(
        new VectorSchemaRoot(batch.rows().getSchema().getFields(), vectors, batch.rowCount()),
        batch.misfits(),
        batch.large().stream().filter(l -> !returning.contains(l)).toList());
  }

  /** A copy of a column with values that are null in it. */
  private FieldVector filled(
      BaseVariableWidthVector column, RecordBatch batch, List<LargeReference> values) {
    FieldVector vector = column.getField().createVector(allocator);
    made.add(vector);
    BaseVariableWidthVector filled = (BaseVariableWidthVector) vector;
    filled.allocateNew(batch.rowCount());
    Map<Integer, LargeReference> byRow =
        values.stream().collect(Collectors.toMap(LargeReference::row, Function.identity()));
    // In the order of rows: a value that is put ahead of others writes over them.
    for (int row = 0; row < batch.rowCount(); row++) {
      LargeReference value = byRow.get(row);
      if (value == null) {
        filled.copyFromSafe(row, row, column);
      } else {
        filled.setSafe(row, bytes(value));
      }
    }
    filled.setValueCount(batch.rowCount());
    return vector;
  }

  private byte[] bytes(LargeReference value) {
    try (InputStream stream = source.spool().open(value)) {
      return stream.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    try (source) {
      made.close();
    }
  }
}
