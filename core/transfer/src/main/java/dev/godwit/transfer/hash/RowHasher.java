package dev.godwit.transfer.hash;

import com.dynatrace.hash4j.hashing.HashValue128;
import com.dynatrace.hash4j.hashing.Hasher128;
import com.dynatrace.hash4j.hashing.Hashing;
import dev.godwit.spi.record.LargeReference;
import dev.godwit.spi.record.Misfit;
import dev.godwit.spi.record.RecordBatch;
import java.util.List;
import org.apache.arrow.vector.VectorSchemaRoot;

/** Sums the hashes of rows, batch by batch. Used by one thread. */
public final class RowHasher {
  private static final Hasher128 XXH3 = Hashing.xxh3_128();

  private final RowBytes bytes = new RowBytes();
  private VectorSchemaRoot bound;
  private Cell[] cells = {};
  private long rows;
  private long high;
  private long low;

  /** Adds every row of a batch. Large values are known by their references. */
  public void add(RecordBatch batch) {
    bind(batch.rows());
    boolean plain = batch.misfits().isEmpty() && batch.large().isEmpty();
    Others others = new Others(batch);
    int count = batch.rowCount();
    for (int row = 0; row < count; row++) {
      bytes.reset();
      for (int column = 0; column < cells.length; column++) {
        if (plain || !others.encode(row, column, bytes)) {
          cells[column].encode(row, bytes);
        }
      }
      add(XXH3.hashBytesTo128Bits(bytes.array(), 0, bytes.size()));
    }
    others.requireAllMet();
    rows += count;
  }

  /** Readers fill the same vectors again for each batch: what was chosen for them holds. */
  private void bind(VectorSchemaRoot root) {
    if (root != bound) {
      cells = root.getFieldVectors().stream().map(Cells::of).toArray(Cell[]::new);
      bound = root;
    }
  }

  private void add(HashValue128 row) {
    long sum = low + row.getLeastSignificantBits();
    high += row.getMostSignificantBits() + (Long.compareUnsigned(sum, low) < 0 ? 1 : 0);
    low = sum;
  }

  /** Of all rows so far. */
  public Fingerprint fingerprint() {
    return new Fingerprint(rows, high, low);
  }

  /** Misfits and references of a batch, met in order. */
  private static final class Others {
    private final List<Misfit> misfits;
    private final List<LargeReference> large;
    private int nextMisfit;
    private int nextLarge;

    Others(RecordBatch batch) {
      misfits = batch.misfits();
      large = batch.large();
    }

    /** A misfit that was passed over would count as null, and hide a difference. */
    void requireAllMet() {
      if (nextMisfit < misfits.size() || nextLarge < large.size()) {
        throw new IllegalArgumentException(
            "misfits and references of a batch are ordered by row, then column");
      }
    }

    boolean encode(int row, int column, RowBytes out) {
      if (nextMisfit < misfits.size()) {
        Misfit misfit = misfits.get(nextMisfit);
        if (misfit.row() == row && misfit.column() == column) {
          Bytes.misfit(misfit, out);
          nextMisfit++;
          return true;
        }
      }
      if (nextLarge < large.size()) {
        LargeReference reference = large.get(nextLarge);
        if (reference.row() == row && reference.column() == column) {
          Bytes.large(reference, out);
          nextLarge++;
          return true;
        }
      }
      return false;
    }
  }
}
