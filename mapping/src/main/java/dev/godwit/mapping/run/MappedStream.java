package dev.godwit.mapping.run;

import dev.godwit.spi.dataset.Dataset;
import dev.godwit.spi.extract.RecordReader;
import dev.godwit.spi.extract.RecordStream;
import dev.godwit.spi.name.DatasetName;
import dev.godwit.spi.record.RecordItem;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * A pass over everything, in the new shape. What comes of one dataset without another between is
 * read through a reader of its own, as a partition would be.
 */
final class MappedStream implements RecordStream {
  private final RecordStream stream;
  private final Function<DatasetName, MappedDataset> datasets;
  private final BiFunction<MappedDataset, RecordReader, RecordReader> reading;
  private Entry ahead;
  private MappedDataset current;
  private RecordReader reader;
  private boolean ended;

  /**
   * A pass through a mapping.
   *
   * @param stream closed with it
   * @param reading reads a reader of a dataset in the new shape, and closes it
   */
  MappedStream(
      RecordStream stream,
      Function<DatasetName, MappedDataset> datasets,
      BiFunction<MappedDataset, RecordReader, RecordReader> reading) {
    this.stream = stream;
    this.datasets = datasets;
    this.reading = reading;
  }

  @Override
  public Entry next() {
    while (true) {
      if (reader == null) {
        ahead = peek();
        if (ahead == null) {
          return null;
        }
        current = datasets.apply(ahead.dataset().name());
        reader = reading.apply(current, new OfOne(ahead.dataset()));
      }
      RecordItem item = reader.next();
      if (item != null) {
        return new Entry(current.target(), item);
      }
      reader.close();
      reader = null;
    }
  }

  /** The entry that was read ahead, else the next one; null at the end. */
  private Entry peek() {
    Entry entry = ahead == null && !ended ? stream.next() : ahead;
    ended |= entry == null;
    return entry;
  }

  @Override
  public void close() {
    try (stream) {
      if (reader != null) {
        reader.close();
      }
    }
  }

  /** The items of a dataset, up to the first of another. Used by the stream's thread. */
  private final class OfOne implements RecordReader {
    private final Dataset dataset;

    OfOne(Dataset dataset) {
      this.dataset = dataset;
    }

    @Override
    public RecordItem next() {
      Entry entry = peek();
      boolean own = entry != null && entry.dataset().name().equals(dataset.name());
      ahead = own ? null : entry;
      return own ? entry.item() : null;
    }

    @Override
    public void close() {}
  }
}
