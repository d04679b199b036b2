package dev.godwit.transfer.hash;

import dev.godwit.spi.load.RecordWriter;
import dev.godwit.spi.name.DatasetName;
import dev.godwit.spi.record.LargeValue;
import dev.godwit.spi.record.RecordBatch;
import dev.godwit.spi.record.RecordItem;

/** Hashes one partition. */
final class FingerprintWriter implements RecordWriter {
  private final FingerprintLoad load;
  private final DatasetName dataset;
  private final RowHasher hasher = new RowHasher();
  private final LargeProof large;
  private long bytes;

  FingerprintWriter(FingerprintLoad load, DatasetName dataset) {
    this.load = load;
    this.dataset = dataset;
    this.large = new LargeProof(dataset);
  }

  @Override
  public void write(RecordItem item) {
    if (item instanceof LargeValue value) {
      bytes += large.meet(value);
    } else if (item instanceof RecordBatch batch) {
      large.require(batch);
      hasher.add(batch);
      bytes += batch.bytes();
    }
  }

  @Override
  public Commit commit() {
    Fingerprint fingerprint = hasher.fingerprint();
    load.add(dataset, fingerprint);
    return new Commit(fingerprint.rows(), bytes, -1, 0);
  }

  @Override
  public void abort() {}

  @Override
  public void close() {}
}
