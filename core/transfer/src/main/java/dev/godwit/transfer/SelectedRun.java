package dev.godwit.transfer;

import dev.godwit.spi.dataset.Catalogue;
import dev.godwit.spi.extract.ExtractRun;
import dev.godwit.spi.name.DatasetFilter;

/**
 * Part of a run: the datasets that a filter takes, with the definitions that they need. Conditions
 * and columns are not applied here; an extractor takes them itself.
 */
public final class SelectedRun {
  private SelectedRun() {}

  /**
   * The part of a run that the filter takes; the run itself where it takes all. Closing either
   * closes the run.
   *
   * @throws dev.godwit.spi.error.GodwitException {@code USAGE} where no dataset matches, or where
   *     the filter has conditions or columns
   */
  public static ExtractRun of(ExtractRun run, DatasetFilter filter) {
    throw new UnsupportedOperationException(run.toString() + filter);
  }

  /** The part of a catalogue that the filter takes, as {@link #of}. */
  public static Catalogue of(Catalogue catalogue, DatasetFilter filter) {
    throw new UnsupportedOperationException(catalogue.toString() + filter);
  }
}
