package dev.godwit.transfer;

import dev.godwit.spi.extract.ConsistencyPoint;
import dev.godwit.spi.load.LoadRun;
import dev.godwit.spi.store.Source;
import java.util.List;
import java.util.Optional;

/**
 * What a transfer came to.
 *
 * @param datasets that were moved
 * @param rows that were written, by this run
 * @param bytes uncompressed, by this run
 * @param stored bytes that the target grew by; -1 where it does not know
 * @param rejects rows that the target refused
 * @param skippedPartitions that an earlier run had loaded
 * @param leftOut datasets that failed, where the run was told to keep going
 * @param point the instant that was shown
 * @param load what the target says of it
 */
public record TransferReport(
    long datasets,
    long rows,
    long bytes,
    long stored,
    long rejects,
    long skippedPartitions,
    List<LeftOut> leftOut,
    ConsistencyPoint point,
    LoadRun.LoadReport load) {

  /** Copies the list. */
  public TransferReport {
    leftOut = List.copyOf(leftOut);
  }

  /** What a person should read where there was no dataset, but definitions. */
  public Optional<String> definitionsAlone(Source source) {
    return datasets == 0
        ? Optional.of(
            source.id() + " holds no dataset, only definitions, which --verify does not compare")
        : Optional.empty();
  }

  /** A dataset that is missing, and why. */
  public record LeftOut(String dataset, String reason) {}
}
