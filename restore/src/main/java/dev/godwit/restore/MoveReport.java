package dev.godwit.restore;

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
 */
public record MoveReport(
    Source source, TransferReport transfer, SortedMap<String, Long> notCarried) {
  /** Copies the map. */
  public MoveReport {
    notCarried = Collections.unmodifiableSortedMap(new TreeMap<>(notCarried));
  }

  /** Not whole where something of the source is missing, or rows were refused. */
  public ExitCode exitCode() {
    return notCarried.isEmpty() && transfer.rejects() == 0 ? ExitCode.DONE : ExitCode.NOT_WHOLE;
  }
}
