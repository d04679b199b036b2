package dev.godwit.mapping.mask;

import dev.godwit.spi.extract.RecordReader;
import dev.godwit.spi.record.LargeReference;
import dev.godwit.spi.record.LargeSpool;
import dev.godwit.spi.record.LargeValue;
import dev.godwit.spi.record.RecordBatch;
import dev.godwit.spi.record.RecordItem;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
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
  private final RecordReader source;
  private final List<MaskedCells> masked;
  private final Set<Integer> columns;
  private final BufferAllocator allocator;
  private final LargeSpool spool = new LargeSpool();
  private final List<FieldVector> made = new ArrayList<>();
  private final Deque<LargeReference> ahead = new ArrayDeque<>();
  private RecordBatch waiting;
  private InputStream open;

  /** Masks what a reader reads; closes it when it is closed. */
  public MaskedReader(RecordReader source, List<ColumnMask> masks, BufferAllocator allocator) {
    this.source = source;
    this.masked = masks.stream().map(MaskedCells::new).toList();
    this.columns = masks.stream().map(ColumnMask::column).collect(Collectors.toSet());
    this.allocator = allocator;
  }

  @Override
  public RecordItem next() {
    forget();
    if (waiting == null && !readBatch()) {
      return null;
    }
    LargeReference reference = ahead.poll();
    if (reference != null) {
      try {
        open = spool.open(reference);
        return new LargeValue(open);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    RecordBatch batch = masked(waiting);
    waiting = null;
    return batch;
  }

  /** Reads up to the next batch, and finds which large values go ahead of it. */
  private boolean readBatch() {
    spool.clear();
    RecordItem item = source.next();
    while (item instanceof LargeValue value) {
      spool.keep(value);
      item = source.next();
    }
    if (item == null) {
      return false;
    }
    waiting = (RecordBatch) item;
    waiting.large().stream().filter(l -> !columns.contains(l.column())).forEach(ahead::add);
    return true;
  }

  private RecordBatch masked(RecordBatch batch) {
    List<FieldVector> vectors = new ArrayList<>(batch.rows().getFieldVectors());
    for (MaskedCells cells : masked) {
      FieldVector vector = cells.of(batch, spool, allocator);
      made.add(vector);
      vectors.set(cells.column(), vector);
    }
    List<Field> fields = batch.rows().getSchema().getFields();
    return new RecordBatch(
        new VectorSchemaRoot(fields, vectors, batch.rowCount()),
        batch.misfits().stream().filter(m -> !columns.contains(m.column())).toList(),
        batch.large().stream().filter(l -> !columns.contains(l.column())).toList());
  }

  /** Frees what the last item was made of. */
  private void forget() {
    made.forEach(FieldVector::close);
    made.clear();
    if (open != null) {
      try {
        open.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      open = null;
    }
  }

  @Override
  public void close() {
    try {
      forget();
    } finally {
      spool.close();
      source.close();
    }
  }
}
