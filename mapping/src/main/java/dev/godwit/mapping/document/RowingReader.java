package dev.godwit.mapping.document;

import dev.godwit.spi.dataset.Partition;
import dev.godwit.spi.error.ExitCode;
import dev.godwit.spi.error.GodwitException;
import dev.godwit.spi.extract.RecordReader;
import dev.godwit.spi.record.LargeReference;
import dev.godwit.spi.record.LargeSpool;
import dev.godwit.spi.record.LargeValue;
import dev.godwit.spi.record.Misfit;
import dev.godwit.spi.record.RecordBatch;
import dev.godwit.spi.record.RecordItem;
import dev.godwit.spi.record.Sha256;
import java.io.ByteArrayInputStream;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.types.pojo.Schema;

/** Reads the documents of a partition as rows. A row with large values ends its batch. */
final class RowingReader implements RecordReader {
  private static final int BATCH_BYTES = 4 << 20;

  /**
   * After so many rows their bytes are added up, which takes a while where columns are many; those
   * of their documents always are.
   */
  private static final int SIZED = 16;

  private final Partition partition;
  private final RecordReader source;
  private final DocumentRows rows;
  private final VectorSchemaRoot root;
  private final RawDocuments raw = new RawDocuments();
  private final LargeSpool spool = new LargeSpool();
  private final Deque<byte[]> large = new ArrayDeque<>();
  private final List<LargeReference> references = new ArrayList<>();
  private RecordBatch documents;
  private int next;
  private long before;
  private int made;
  private long read;
  private boolean full;

  RowingReader(
      Partition partition,
      RecordReader source,
      Schema schema,
      DocumentRows rows,
      BufferAllocator allocator) {
    this.partition = partition;
    this.source = source;
    this.rows = rows;
    this.root = VectorSchemaRoot.create(schema, allocator);
  }

  @Override
  public RecordItem next() {
    while (!full && (documents != null || pull())) {
      make();
    }
    if (!large.isEmpty()) {
      return new LargeValue(new ByteArrayInputStream(large.remove()));
    }
    return made == 0 ? null : give();
  }

  /** Reads on to the next batch with documents. */
  private boolean pull() {
    for (RecordItem item; (item = source.next()) != null; ) {
      if (item instanceof LargeValue value) {
        spool.keep(value);
      } else if (((RecordBatch) item).rowCount() > 0) {
        documents = (RecordBatch) item;
        raw.over(documents, spool);
        next = 0;
        return true;
      }
    }
    return false;
  }

  private void make() {
    while (!full && next < documents.rowCount()) {
      put();
      full =
          !large.isEmpty() || read >= BATCH_BYTES || (made % SIZED == 0 && size() >= BATCH_BYTES);
    }
    if (next == documents.rowCount()) {
      before += next;
      documents = null;
      spool.clear();
    }
  }

  private void put() {
    try {
      raw.at(next);
      rows.put(raw.bytes(), raw.from(), raw.to(), made);
      read += raw.to() - raw.from();
    } catch (IllegalArgumentException e) {
      throw new GodwitException(
          ExitCode.FAILED,
          "document %d of partition %s cannot become a row: %s"
              .formatted(before + next, partition, e.getMessage()),
          "see what it is with a query, or leave it out with --where",
          e);
    }
    next++;
    for (int column = 0; column < rows.columns().size(); column++) {
      byte[] value = rows.columns().get(column).takeLarge();
      if (value != null) {
        large.add(value);
        references.add(
            new LargeReference(made, column, value.length, Sha256.begin().digest(value)));
      }
    }
    made++;
  }

  private int size() {
    int size = 0;
    for (RowColumn column : rows.columns()) {
      size += column.size();
    }
    return size;
  }

  private RecordBatch give() {
    root.clear();
    List<Misfit> misfits = new ArrayList<>();
    for (int column = 0; column < rows.columns().size(); column++) {
      rows.columns().get(column).odd(column, misfits);
      rows.columns().get(column).give(root.getVector(column), made);
    }
    misfits.sort(Comparator.comparingInt(Misfit::row).thenComparingInt(Misfit::column));
    root.setRowCount(made);
    RecordBatch batch = new RecordBatch(root, misfits, List.copyOf(references));
    references.clear();
    made = 0;
    read = 0;
    full = false;
    return batch;
  }

  @Override
  public void close() {
    try (source;
        spool) {
      root.close();
    }
  }
}
