package dev.godwit.transfer;

import dev.godwit.spi.dataset.Catalogue;
import dev.godwit.spi.error.ExitCode;
import dev.godwit.spi.error.GodwitException;
import dev.godwit.spi.extract.ConsistencyPoint;
import dev.godwit.spi.load.LoadRun;
import dev.godwit.spi.load.RecordWriter.Commit;
import dev.godwit.spi.name.DatasetName;
import java.util.ArrayList;
import java.util.List;

/** Counts what a transfer moves. Safe for use by many threads. */
final class Tally {
  private long datasets;
  private long rows;
  private long bytes;
  private long stored;
  private boolean storedKnown = true;
  private long rejects;
  private long skipped;
  private final List<TransferReport.LeftOut> leftOut = new ArrayList<>();

  synchronized void dataset() {
    datasets++;
  }

  synchronized void skipped() {
    skipped++;
  }

  synchronized void add(Commit commit) {
    rows += commit.rows();
    bytes += commit.bytes();
    rejects += commit.rejects();
    stored += commit.stored();
    storedKnown &= commit.stored() >= 0;
  }

  /** Adds what the target grew by when partitions were moved again. */
  synchronized void addStored(Tally again) {
    synchronized (again) {
      stored += again.stored;
      storedKnown &= again.storedKnown;
    }
  }

  /** Takes back what was counted of a dataset that failed in the end. */
  synchronized void leaveOut(DatasetName dataset, String reason, Commit commits) {
    rows -= commits.rows();
    bytes -= commits.bytes();
    rejects -= commits.rejects();
    leftOut.add(new TransferReport.LeftOut(dataset.toString(), reason));
  }

  /**
   * Nothing read is never a success.
   *
   * @throws GodwitException {@code FAILED} where no dataset was met and no definition stands by
   *     itself, where datasets are only their records and none was met, or all datasets were left
   *     out
   */
  synchronized void requireData(Catalogue catalogue) {
    if (datasets == 0 && catalogue.standsByDefinitions()) {
      return;
    }
    if (datasets == 0) {
      throw noDataset();
    }
    if (rows + rejects + skipped == 0 && leftOut.isEmpty() && catalogue.standsByRecords()) {
      throw new GodwitException(
          ExitCode.FAILED,
          "nothing was read: the source holds no key",
          "look whether the URI names the right server and database, and whether it was started"
              + " without its data");
    }
    if (leftOut.size() == datasets) {
      TransferReport.LeftOut first = leftOut.get(0);
      throw new GodwitException(
          ExitCode.FAILED,
          "nothing was read: each of "
              + datasets
              + " datasets failed, the first was "
              + first.dataset()
              + ": "
              + first.reason());
    }
  }

  /** Of a source in which there is nothing to read. */
  static GodwitException noDataset() {
    return new GodwitException(
        ExitCode.FAILED,
        "nothing was read: the source holds no dataset",
        "look whether the URI names the right database, and whether the user may see its tables");
  }

  synchronized TransferReport report(ConsistencyPoint point, LoadRun.LoadReport load) {
    return new TransferReport(
        datasets - leftOut.size(),
        rows,
        bytes,
        storedKnown ? stored : -1,
        rejects,
        skipped,
        leftOut,
        point,
        load);
  }
}
