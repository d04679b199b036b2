package dev.godwit.transfer.hash;

import dev.godwit.spi.dataset.Dataset;
import dev.godwit.spi.extract.ExtractRun;
import dev.godwit.spi.name.DatasetName;
import dev.godwit.spi.run.Cancellation;
import dev.godwit.transfer.Transfer;
import dev.godwit.transfer.TransferListener;
import java.util.SortedMap;
import java.util.stream.Stream;

/** Reads a run to its end for the fingerprints of its datasets. */
public final class FingerprintRun {
  private FingerprintRun() {}

  /**
   * The fingerprint of every dataset, also of those without rows. Reads in parallel, holds large
   * values against the hashes that their rows give, and concludes the run; does not close it.
   *
   * @throws dev.godwit.spi.error.GodwitException if anything cannot be read, or a large value has
   *     another hash than its row says
   */
  public static SortedMap<DatasetName, Fingerprint> of(
      ExtractRun run, int jobs, Cancellation cancellation) {
    return of(run, jobs, cancellation, TransferListener.SILENT);
  }

  /** As {@link #of(ExtractRun, int, Cancellation)}, for someone who watches. */
  public static SortedMap<DatasetName, Fingerprint> of(
      ExtractRun run, int jobs, Cancellation cancellation, TransferListener listener) {
    FingerprintLoad load = new FingerprintLoad();
    try (Stream<Dataset> datasets = run.catalogue().datasets()) {
      if (datasets.findAny().isEmpty()) {
        return load.fingerprints();
      }
    }
    new Transfer(jobs, cancellation, listener, Transfer.FailurePolicy.STOP).run(run, load);
    return load.fingerprints();
  }
}
