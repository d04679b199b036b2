package dev.godwit.mapping.keyvalue;

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
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.types.pojo.Field;

/** Reads keys with values whose columns change, batch by batch; large values are set aside. */
final class ColumnsReader implements RecordReader {
  private final RecordReader source;
  private final ChangedColumns columns;
  private final List<Field> fields;
  private final BufferAllocator allocator;
  private final LargeSpool read = new LargeSpool();
  private final LargeSpool made = new LargeSpool();
  private final List<FieldVector> vectors = new ArrayList<>();
  private final Deque<LargeReference> ahead = new ArrayDeque<>();
  private InputStream open = InputStream.nullInputStream();
  private RecordBatch waiting;

  /** What becomes of the columns of a batch. */
  interface ChangedColumns {
    /** The columns; those that are not the batch's own are added to {@code made}. */
    List<FieldVector> of(RecordBatch batch, List<FieldVector> made, BufferAllocator allocator);

    /** A large value as it is to be, or null where it stays as it is. */
    InputStream large(RecordBatch batch, LargeReference reference, Streams.Opening value)
        throws IOException;

    /** The place of a column among those that are made. */
    int place(RecordBatch batch, LargeReference reference);
  }

  /** Reads a reader; closes it when it is closed. */
  ColumnsReader(
      RecordReader source, ChangedColumns columns, List<Field> fields, BufferAllocator allocator) {
    this.source = source;
    this.columns = columns;
    this.fields = fields;
    this.allocator = allocator;
  }

  @Override
  public RecordItem next() {
    try {
      open.close();
      if (waiting == null && !pull()) {
        return null;
      }
      LargeReference reference = ahead.poll();
      if (reference != null) {
        open = made.open(reference);
        return new LargeValue(open);
      }
      RecordBatch given = waiting;
      waiting = null;
      return given;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private boolean pull() throws IOException {
    forget();
    RecordItem item = source.next();
    while (item instanceof LargeValue value) {
      read.keep(value);
      item = source.next();
    }
    if (item == null) {
      return false;
    }
    RecordBatch batch = (RecordBatch) item;
    List<LargeReference> references = new ArrayList<>();
    for (LargeReference reference : batch.large()) {
      references.add(large(batch, reference));
    }
    List<FieldVector> of = columns.of(batch, vectors, allocator);
    ahead.addAll(references);
    waiting =
        new RecordBatch(new VectorSchemaRoot(fields, of, batch.rowCount()), List.of(), references);
    return true;
  }

  private LargeReference large(RecordBatch batch, LargeReference reference) throws IOException {
    int place = columns.place(batch, reference);
    InputStream changed = columns.large(batch, reference, () -> read.open(reference));
    if (changed == null) {
      made.keep(new LargeValue(read.open(reference)));
      return new LargeReference(reference.row(), place, reference.length(), reference.sha256());
    }
    Measured measured = new Measured(changed);
    made.keep(new LargeValue(measured));
    return new LargeReference(reference.row(), place, measured.length(), measured.sha256());
  }

  private void forget() {
    vectors.forEach(FieldVector::close);
    vectors.clear();
    read.clear();
    made.clear();
  }

  @Override
  public void close() {
    try (source;
        read;
        made) {
      open.close();
      vectors.forEach(FieldVector::close);
      vectors.clear();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
