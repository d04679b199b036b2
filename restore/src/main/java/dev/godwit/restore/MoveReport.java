package dev.godwit.restore;

import dev.godwit.mapping.run.LossCount;
import dev.godwit.spi.dataset.Catalogue;
import dev.godwit.spi.error.ExitCode;
import dev.godwit.spi.store.Source;
import dev.godwit.transfer.TransferReport;
import java.util.Collections;
import java.util.List;
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
 * @param without definitions that hang on what was moved and were not chosen, or need what was not
 * @param losses values that were not moved as they are
 */
public record MoveReport(
    Source source,
    TransferReport transfer,
    SortedMap<String, Long> notCarried,
    SortedMap<String, Long> leftOut,
    List<Catalogue.LeftOut> without,
    LossCount.Report losses) {
  /** Copies the collections. */
  public MoveReport {
    notCarried = Collections.unmodifiableSortedMap(new TreeMap<>(notCarried));
    without = List.copyOf(without);
    leftOut = Collections.unmodifiableSortedMap(new TreeMap<>(leftOut));
  }

  /** Not whole where something of the source is missing, or the target refused something. */
  public ExitCode exitCode() {
    return notCarried.isEmpty() && took(transfer) ? ExitCode.DONE : ExitCode.NOT_WHOLE;
  }

  /** Whether the target took all that was moved: rows, datasets and definitions. */
  static boolean took(TransferReport transfer) {
    return transfer.rejects() == 0
        && transfer.leftOut().isEmpty()
        && transfer.load().notMade().isEmpty();
  }
}
