package dev.godwit.testkit.row;

import dev.godwit.spi.extract.RecordReader;
import dev.godwit.spi.record.LargeReference;
import dev.godwit.spi.record.LargeValue;
import dev.godwit.spi.record.Misfit;
import dev.godwit.spi.record.RecordBatch;
import dev.godwit.spi.record.RecordItem;
import dev.godwit.spi.run.Cancellation;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.types.pojo.Schema;

/**
 * Reads rows as record items: batches of at most {@code rows} rows and about 1 MiB, their large
 * values ahead of them.
 */
public final class RowReader implements RecordReader {
  private static final long BATCH_BYTES = 1 << 20;

  private final Iterator<Row> rows;
  private final int batchRows;
  private final Cancellation cancellation;
  private final VectorSchemaRoot root;
  private final List<Row> taken = new ArrayList<>();
  private final Deque<LargeBytes> ahead = new ArrayDeque<>();
  private InputStream open;
  private boolean closed;

  /** A reader over the rows; the batches come from the allocator. */
  public RowReader(
      Schema schema,
      Iterator<Row> rows,
      int batchRows,
      BufferAllocator allocator,
      Cancellation cancellation) {
    this.rows = rows;
    this.batchRows = batchRows;
    this.cancellation = cancellation;
    this.root = VectorSchemaRoot.create(schema, allocator);
  }

  @Override
  public RecordItem next() {
    if (closed) {
      throw new IllegalStateException("the reader is closed");
    }
    cancellation.check();
    closeLarge();
    if (taken.isEmpty()) {
      take();
    }
    if (!ahead.isEmpty()) {
      try {
        open = ahead.removeFirst().open();
        return new LargeValue(open);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return taken.isEmpty() ? null : batch();
  }

  private void take() {
    long bytes = 0;
    while (rows.hasNext() && taken.size() < batchRows && bytes < BATCH_BYTES) {
      Row row = rows.next();
      taken.add(row);
      for (Object value : row.values()) {
        bytes += weight(value);
        if (value instanceof LargeBytes large) {
          ahead.add(large);
        }
      }
    }
  }

  private static long weight(Object value) {
    if (value instanceof String text) {
      return text.length();
    } else if (value instanceof Bytes bytes) {
      return bytes.array().length;
    } else if (value instanceof List<?> values) {
      return values.stream().mapToLong(RowReader::weight).sum();
    }
    return 8;
  }

  private RecordBatch batch() {
    List<Misfit> misfits = new ArrayList<>();
    List<LargeReference> references = new ArrayList<>();
    List<FieldVector> vectors = root.getFieldVectors();
    vectors.forEach(FieldVector::reset);
    vectors.forEach(FieldVector::allocateNew);
    for (int r = 0; r < taken.size(); r++) {
      for (int c = 0; c < vectors.size(); c++) {
        Object value = taken.get(r).get(c);
        if (value instanceof Odd odd) {
          misfits.add(new Misfit(r, c, odd.kind(), odd.bytes().array()));
          value = null;
        } else if (value instanceof LargeBytes large) {
          references.add(new LargeReference(r, c, large.length(), large.sha256().array()));
          value = null;
        }
        Cells.write(vectors.get(c), r, value);
      }
    }
    root.setRowCount(taken.size());
    taken.clear();
    return new RecordBatch(root, misfits, references);
  }

  private void closeLarge() {
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
    closed = true;
    closeLarge();
    root.close();
  }
}
