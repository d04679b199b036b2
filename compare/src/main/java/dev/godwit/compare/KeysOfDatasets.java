package dev.godwit.compare;

import dev.godwit.spi.dataset.Catalogue;
import dev.godwit.spi.dataset.Dataset;
import dev.godwit.spi.dataset.Partition;
import dev.godwit.spi.extract.ExtractRun;
import dev.godwit.spi.extract.ForwardingRun;
import dev.godwit.spi.extract.Reading;
import dev.godwit.spi.extract.RecordReader;
import dev.godwit.spi.name.DatasetName;
import dev.godwit.spi.record.RecordItem;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A store of keys as if it had the datasets whose records became its keys: each shows all keys of
 * the space that they went to, and is told from the others by its template ({@link OwnKeys}). The
 * space is read once for each dataset. Closing it closes the store's run.
 */
public final class KeysOfDatasets extends ForwardingRun {
  private final Map<DatasetName, Shown> shown = new LinkedHashMap<>();

  /** A dataset as it is shown, and the space of keys it lies in, where there is one. */
  private record Shown(Dataset dataset, Optional<Dataset> space) {}

  /**
   * A store, seen so.
   *
   * @param moved the datasets as a mapping made them, with their templates, and where each went
   */
  public KeysOfDatasets(ExtractRun store, Map<Dataset, DatasetName> moved) {
    super(store);
    try (Stream<Dataset> datasets = store.catalogue().datasets()) {
      KeySpaces spaces = new KeySpaces(datasets.toList());
      moved.forEach(
          (dataset, target) ->
              shown.put(dataset.name(), new Shown(dataset, spaces.of(target.last()))));
    }
  }

  @Override
  public Catalogue catalogue() {
    return new DatasetsAlone(shown.values().stream().map(Shown::dataset).toList());
  }

  @Override
  protected Reading.Partitioned seen(Reading.Partitioned partitions) {
    return new OfSpaces(partitions);
  }

  /** Partitions of spaces, by the names of datasets. */
  private final class OfSpaces implements Reading.Partitioned {
    private final Reading.Partitioned spaces;

    OfSpaces(Reading.Partitioned spaces) {
      this.spaces = spaces;
    }

    @Override
    public Iterator<Partition> partitions(Dataset dataset) {
      Optional<Dataset> space = shown.get(dataset.name()).space();
      if (space.isEmpty()) {
        return Stream.of(Partition.whole(dataset.name())).iterator();
      }
      Iterator<Partition> all = spaces.partitions(space.get());
      return new Iterator<>() {
        @Override
        public boolean hasNext() {
          return all.hasNext();
        }

        @Override
        public Partition next() {
          Partition next = all.next();
          return new Partition(dataset.name(), next.ordinal(), next.span());
        }
      };
    }

    @Override
    public RecordReader open(Dataset dataset, Partition partition) {
      return shown
          .get(dataset.name())
          .space()
          .map(
              space ->
                  spaces.open(
                      space, new Partition(space.name(), partition.ordinal(), partition.span())))
          .orElseGet(Nothing::new);
    }
  }

  /** No records. */
  private static final class Nothing implements RecordReader {
    @Override
    public RecordItem next() {
      return null;
    }

    @Override
    public void close() {}
  }
}
