package dev.godwit.transfer.hash;

import dev.godwit.spi.record.LargeValue;
import dev.godwit.spi.record.RecordBatch;
import java.util.Arrays;
import org.apache.arrow.vector.VectorSchemaRoot;

/**
 * Encodes the rows of batches, some at a time and column by column, few enough that their bytes
 * stay near the processor. Rows that hold a misfit, refer to a large value or are very wide are
 * encoded one by one, by {@link RowEncoder}. Used by one thread.
 */
final class RowBlock {
  private static final int MOST_ROWS = 256;
  private static final int ENOUGH = 1 << 18; // bytes

  private final RowEncoder oddRows = new RowEncoder();
  private final int[] order;
  private final int keys;
  private final RowBytes bytes = new RowBytes();
  private final int[] most = new int[MOST_ROWS];
  private final int[] starts = new int[MOST_ROWS];
  private final int[] keyEnds = new int[MOST_ROWS];
  private final int[] ends = new int[MOST_ROWS];
  private VectorSchemaRoot bound;
  private Column[] columns = {};
  private int rows;
  private int from;
  private int count;
  private int guess = MOST_ROWS;

  /**
   * Rows, encoded in a caller's order.
   *
   * @param order places of the columns in the batches
   * @param keys how many of them, from the first, are the key
   */
  RowBlock(int[] order, int keys) {
    this.order = order.clone();
    this.keys = keys;
  }

  /** Begins with a batch; the one before it must have been gone through to its end. */
  void begin(RecordBatch batch) {
    // Readers fill the same vectors again for each batch: what was chosen for them holds.
    if (batch.rows() != bound) {
      columns =
          Arrays.stream(order)
              .mapToObj(column -> Columns.of(batch.rows().getVector(column)))
              .toArray(Column[]::new);
      bound = batch.rows();
    }
    oddRows.begin(batch);
    rows = batch.rowCount();
    from = 0;
    count = 0;
  }

  /** Encodes the next rows, which replace those before; false after the last. */
  boolean next() {
    from += count;
    if (from >= rows) {
      oddRows.end();
      count = 0;
      return false;
    }
    int odd = oddRows.nextOdd();
    bytes.reset();
    if (odd == from) {
      encodeOdd();
    } else {
      encode(odd < from ? rows - from : Math.min(rows, odd) - from);
    }
    return true;
  }

  private void encodeOdd() {
    count = 1;
    oddRows.at(from);
    starts[0] = 0;
    for (int i = 0; i < order.length; i++) {
      if (i == keys) {
        keyEnds[0] = bytes.size();
      }
      oddRows.put(from, order[i], bytes);
    }
    ends[0] = bytes.size();
    if (keys == order.length) {
      keyEnds[0] = ends[0];
    }
  }

  private void encode(int left) {
    int looked = Math.min(left, guess);
    Arrays.fill(most, 0, looked, 0);
    int each = 0;
    for (Column column : columns) {
      each += column.measure(from, looked, most);
    }
    if (most[0] > LargeValue.MOST_IN_ROW) {
      encodeOdd();
      return;
    }
    int size = 0;
    for (count = 0;
        count < looked && (count == 0 || size <= ENOUGH) && most[count] <= LargeValue.MOST_IN_ROW;
        count++) {
      starts[count] = size;
      ends[count] = size;
      size = Math.addExact(size, most[count] + each);
    }
    guess = Math.min(MOST_ROWS, count * 2); // the next rows are likely as wide
    bytes.require(size);
    for (int i = 0; i < columns.length; i++) {
      if (i == keys) {
        System.arraycopy(ends, 0, keyEnds, 0, count);
      }
      columns[i].encode(count, bytes, ends);
    }
    if (keys == columns.length) {
      System.arraycopy(ends, 0, keyEnds, 0, count);
    }
  }

  /** How many rows are encoded now. */
  int count() {
    return count;
  }

  /** The bytes in which the rows lie; not copied. */
  byte[] bytes() {
    return bytes.array();
  }

  /** Where a row begins; counted from the first that is encoded now. */
  int start(int row) {
    return starts[row];
  }

  /** Where a row's key ends. */
  int keyEnd(int row) {
    return keyEnds[row];
  }

  /** Where a row ends. */
  int end(int row) {
    return ends[row];
  }
}
