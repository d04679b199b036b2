package dev.godwit.transfer;

import dev.godwit.spi.dataset.Partition;
import dev.godwit.spi.dataset.Span;
import dev.godwit.spi.error.ExitCode;
import dev.godwit.spi.error.GodwitException;
import dev.godwit.spi.name.DatasetName;
import java.util.Optional;

/**
 * Watches that partitions, as they come, are disjoint and complete: {@link Span#tile} without
 * holding them. Less read than there is must not pass for success.
 */
final class Tiling {
  private final DatasetName dataset;
  private Partition last;

  Tiling(DatasetName dataset) {
    this.dataset = dataset;
  }

  /** Meets the next partition. */
  void meet(Partition next) {
    Optional<String> reached = last == null ? Optional.empty() : last.span().to();
    boolean fits =
        next.dataset().equals(dataset)
            && next.ordinal() == (last == null ? 0 : last.ordinal() + 1)
            && (last == null
                || (last.span().axis().equals(next.span().axis()) && reached.isPresent()))
            && next.span().from().equals(reached);
    if (!fits) {
      throw gap(next + " with " + next.span() + " does not follow " + last);
    }
    last = next;
  }

  /** All partitions were met. */
  void end() {
    if (last == null) {
      throw gap("there is none");
    }
    if (last.span().to().isPresent()) {
      throw gap(last + " is the last and has an upper bound");
    }
  }

  private GodwitException gap(String what) {
    return new GodwitException(
        ExitCode.FAILED,
        "the partitions of " + dataset + " do not cover it: " + what,
        "this is a fault in the plugin that reads it");
  }
}
