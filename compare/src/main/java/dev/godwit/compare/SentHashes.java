package dev.godwit.compare;

import com.dynatrace.hash4j.hashing.HashValue128;
import com.dynatrace.hash4j.hashing.Hashing;
import dev.godwit.spi.name.DatasetName;
import dev.godwit.spi.record.LargeReference;
import dev.godwit.spi.record.LargeValue;
import dev.godwit.spi.record.RecordBatch;
import dev.godwit.transfer.hash.LargeProof;
import dev.godwit.transfer.hash.RowCursor;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VectorSchemaRoot;

/**
 * Rows whose store was read by the bytes that it sends: the hash of each comes with it, and only
 * its key is hashed here, so that a row lies in the bucket in which its values would lie.
 */
final class SentHashes implements RecordHashes {
  private final RowCursor keyed;
  private final int keys;
  private final LargeProof large;
  private RecordBatch batch;
  private ArrowBuf hashes;
  private int row;
  private long bytes;

  /** Of a dataset, with so many columns of the key ahead of the hash. */
  SentHashes(DatasetName dataset, int keys) {
    this.keyed = new RowCursor(IntStream.range(0, keys).toArray(), keys);
    this.keys = keys;
    this.large = new LargeProof(dataset);
  }

  @Override
  public long meet(LargeValue value) {
    return large.meet(value);
  }

  @Override
  public void over(RecordBatch next) {
    large.require(next);
    batch = next;
    hashes = next.rows().getVector(keys).getDataBuffer();
    row = 0;
    bytes = 0;
    if (keys > 0) {
      keyed.over(ofKeys(next));
    }
  }

  /** The columns of the key alone; they stay those of the batch. */
  private RecordBatch ofKeys(RecordBatch all) {
    List<FieldVector> columns = all.rows().getFieldVectors().subList(0, keys);
    List<LargeReference> references =
        all.large().stream().filter(value -> value.column() < keys).toList();
    VectorSchemaRoot rows =
        new VectorSchemaRoot(
            columns.stream().map(FieldVector::getField).toList(), columns, all.rowCount());
    return new RecordBatch(rows, all.misfits(), references);
  }

  @Override
  public void all(RowCursor.Hashes to) {
    if (keys > 0) {
      keyed.keys(hash -> next(hash, to));
      return;
    }
    while (row < batch.rowCount()) {
      next(0, to);
    }
  }

  private void next(long keyHash, RowCursor.Hashes to) {
    LargeReference reference = batch.large().isEmpty() ? null : batch.largeAt(row, keys);
    if (reference == null) {
      long at = 3L * Long.BYTES * row;
      long low = hashes.getLong(at);
      bytes += hashes.getLong(at + 2 * Long.BYTES);
      to.add(keys == 0 ? low : keyHash, hashes.getLong(at + Long.BYTES), low);
    } else {
      HashValue128 hash =
          Hashing.xxh3_128()
              .hashStream()
              .putLong(keyHash)
              .putLong(reference.length())
              .putBytes(reference.sha256())
              .get();
      long low = hash.getLeastSignificantBits();
      to.add(keys == 0 ? low : keyHash, hash.getMostSignificantBits(), low);
    }
    row++;
  }

  /** As they were sent, without large values. */
  @Override
  public long bytes(RecordBatch any) {
    return bytes;
  }

  @Override
  public void close() {}
}
