package dev.godwit.transfer;

import dev.godwit.spi.dataset.Catalogue;
import dev.godwit.spi.dataset.Dataset;
import dev.godwit.spi.dataset.SchemaObject;
import dev.godwit.spi.extract.ExtractRun;
import dev.godwit.spi.extract.Reading;
import dev.godwit.spi.extract.RecordStream;
import dev.godwit.spi.name.DatasetFilter;
import dev.godwit.spi.name.DatasetPattern;
import dev.godwit.spi.store.Source;
import dev.godwit.spi.store.StoreInfo;
import java.util.List;
import java.util.Optional;

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
    if (filter.takesAll()) {
      return run;
    }
    return new Part(run, SelectedCatalogue.of(run.catalogue(), filter));
  }

  /** The part of a catalogue that the filter takes, as {@link #of}. */
  public static Catalogue of(Catalogue catalogue, DatasetFilter filter) {
    return filter.takesAll() ? catalogue : SelectedCatalogue.of(catalogue, filter);
  }

  /** The patterns of what is to be left out that match no dataset of a run. */
  public static List<DatasetPattern> idle(ExtractRun run, DatasetFilter filter) {
    return SelectedCatalogue.idle(run.catalogue(), filter);
  }

  private record Part(ExtractRun run, SelectedCatalogue catalogue) implements ExtractRun {
    @Override
    public StoreInfo info() {
      return run.info();
    }

    @Override
    public Source source() {
      return run.source();
    }

    @Override
    public Reading reading() {
      // Partitions are asked for by dataset, and only of those that the catalogue shows.
      return run.reading() instanceof Reading.OnePass pass
          ? (Reading.OnePass) () -> new TakenEntries(pass.open(), catalogue)
          : run.reading();
    }

    @Override
    public Optional<Reading.Partitioned> later() {
      return run.later();
    }

    @Override
    public Conclusion conclude() {
      Conclusion whole = run.conclude();
      List<SchemaObject> state = whole.state().stream().filter(catalogue::takesState).toList();
      return new Conclusion(whole.point(), state);
    }

    @Override
    public void close() {
      run.close();
    }
  }

  /** The entries of a pass that belong to datasets that are taken. */
  private record TakenEntries(RecordStream all, SelectedCatalogue catalogue)
      implements RecordStream {
    @Override
    public Entry next() {
      Entry entry = all.next();
      while (entry != null && !takes(entry.dataset())) {
        entry = all.next();
      }
      return entry;
    }

    private boolean takes(Dataset dataset) {
      return catalogue.takes(dataset.name());
    }

    @Override
    public void close() {
      all.close();
    }
  }
}
