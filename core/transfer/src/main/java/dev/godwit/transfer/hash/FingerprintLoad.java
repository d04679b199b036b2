package dev.godwit.transfer.hash;

import dev.godwit.spi.dataset.Dataset;
import dev.godwit.spi.dataset.Partition;
import dev.godwit.spi.extract.ExtractRun;
import dev.godwit.spi.load.LoadRun;
import dev.godwit.spi.load.RecordWriter;
import dev.godwit.spi.name.DatasetName;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** A load that keeps nothing of what it is given but the fingerprints. */
final class FingerprintLoad implements LoadRun {
  private final TreeMap<DatasetName, Fingerprint> fingerprints = new TreeMap<>();

  /** What was committed. */
  synchronized SortedMap<DatasetName, Fingerprint> fingerprints() {
    return new TreeMap<>(fingerprints);
  }

  synchronized void add(DatasetName dataset, Fingerprint part) {
    fingerprints.merge(dataset, part, Fingerprint::plus);
  }

  @Override
  public void prepare(Dataset dataset) {
    add(dataset.name(), Fingerprint.EMPTY);
  }

  @Override
  public boolean holds(Partition partition) {
    return false;
  }

  @Override
  public RecordWriter open(Dataset dataset, Partition partition) {
    return new FingerprintWriter(this, dataset.name());
  }

  @Override
  public List<Stage> finish(ExtractRun.Conclusion conclusion) {
    return List.of();
  }

  @Override
  public LoadReport complete() {
    return new LoadReport("fingerprints", List.of());
  }

  @Override
  public void close() {}
}
