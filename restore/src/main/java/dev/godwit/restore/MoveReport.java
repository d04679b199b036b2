package dev.godwit.restore;

import dev.godwit.mapping.run.LossCount;
import dev.godwit.spi.error.ExitCode;
import dev.godwit.spi.store.Source;
import dev.godwit.transfer.TransferReport;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a migration came to.
 *
 * @param source whose records were moved
 * @param transfer what was moved
 * @param notCarried what the source holds and was not moved: kind in the plural to how many
 * @param leftOut definitions that were not used, because their dataset was made from its mapping:
 *     kind to how many
 * @param losses values that were not moved as they are
 */
public record MoveReport(
    Source source,
    TransferReport transfer,
    SortedMap<String, Long> notCarried,
    SortedMap<String, Long> leftOut,
    LossCount.Report losses) {
  /** Copies the maps. */
  public MoveReport {
    notCarried = Collections.unmodifiableSortedMap(new TreeMap<>(notCarried));
    leftOut = Collections.unmodifiableSortedMap(new TreeMap<>(leftOut));
  }

  /** Not whole where something of the source is missing, or rows were refused. */
  public ExitCode exitCode() {
    return notCarried.isEmpty() && transfer.rejects() == 0 ? ExitCode.DONE : ExitCode.NOT_WHOLE;
  }
}
