package dev.godwit.transfer;

import dev.godwit.spi.dataset.Dataset;
import dev.godwit.spi.dataset.Partition;
import dev.godwit.spi.load.RecordWriter;
import dev.godwit.spi.name.DatasetName;

/** What happens in a transfer, for whoever shows or records it. */
public sealed interface TransferEvent {
  /** A dataset was met; its estimate adds to what is to be done. */
  record DatasetPlanned(Dataset dataset) implements TransferEvent {}

  /** A partition needed no work: an earlier run has loaded it. */
  record PartitionSkipped(Partition partition) implements TransferEvent {}

  /**
   * A batch or a large value was written. Rows and uncompressed bytes since the last such event.
   */
  record Moved(DatasetName dataset, long rows, long bytes) implements TransferEvent {}

  /** A partition was committed. */
  record PartitionDone(Partition partition, RecordWriter.Commit commit) implements TransferEvent {}

  /** A dataset failed and was left out, where the run was told to keep going. */
  record DatasetLeftOut(DatasetName dataset, String reason) implements TransferEvent {}

  /** A stage of finishing began. */
  record StageBegun(String stage, int steps) implements TransferEvent {}

  /** What was moved is read once more to be proven; what is met and moved from here on is that. */
  record ProofBegun() implements TransferEvent {}

  /** A step of finishing is done. */
  record StepDone(String stage, String step) implements TransferEvent {}
}
