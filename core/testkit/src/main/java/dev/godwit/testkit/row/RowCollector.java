package dev.godwit.testkit.row;

import dev.godwit.spi.record.LargeReference;
import dev.godwit.spi.record.LargeValue;
import dev.godwit.spi.record.Misfit;
import dev.godwit.spi.record.RecordBatch;
import dev.godwit.spi.record.RecordItem;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.arrow.vector.VectorSchemaRoot;

/** Turns record items back into rows. Checks that what a batch refers to came ahead of it. */
public final class RowCollector {
  /** Keeps a large value, as a whole or by its hash. */
  @FunctionalInterface
  public interface Keeping {
    LargeBytes keep(InputStream bytes) throws IOException;
  }

  private final Keeping keeping;
  private final Map<Bytes, LargeBytes> came = new HashMap<>();

  /** A collector that keeps large values as {@code keeping} does. */
  public RowCollector(Keeping keeping) {
    this.keeping = keeping;
  }

  /** The rows of an item; none for a large value. */
  public List<Row> collect(RecordItem item) {
    if (item instanceof LargeValue value) {
      try {
        LargeBytes large = keeping.keep(value.bytes());
        came.put(large.sha256(), large);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      return List.of();
    }
    List<Row> rows = rows((RecordBatch) item);
    came.clear();
    return rows;
  }

  private List<Row> rows(RecordBatch batch) {
    VectorSchemaRoot root = batch.rows();
    int columns = root.getFieldVectors().size();
    List<Row> rows = new ArrayList<>(root.getRowCount());
    for (int r = 0; r < root.getRowCount(); r++) {
      List<Object> values = new ArrayList<>(columns);
      for (int c = 0; c < columns; c++) {
        Misfit misfit = batch.misfitAt(r, c);
        LargeReference large = batch.largeAt(r, c);
        if (misfit != null) {
          values.add(new Odd(misfit.kind(), new Bytes(misfit.bytes().clone())));
        } else if (large != null) {
          values.add(find(large));
        } else {
          values.add(Cells.read(root.getVector(c), r));
        }
      }
      rows.add(new Row(values));
    }
    return rows;
  }

  private LargeBytes find(LargeReference reference) {
    LargeBytes large = came.get(new Bytes(reference.sha256()));
    if (large == null || large.length() != reference.length()) {
      throw new IllegalStateException(
          "a batch refers to a large value of "
              + reference.length()
              + " bytes that did not come ahead of it");
    }
    return large;
  }
}
