package dev.godwit.compare;

import dev.godwit.mapping.Conversion;
import dev.godwit.mapping.Losses;
import dev.godwit.spi.dataset.Dataset;
import dev.godwit.spi.dataset.Partition;
import dev.godwit.spi.extract.Reading;
import dev.godwit.spi.extract.RecordReader;
import dev.godwit.spi.name.DatasetName;
import dev.godwit.spi.run.PluginContext;
import java.util.Iterator;
import java.util.Optional;
import java.util.function.Function;

/**
 * Reads records as a mapping moves them.
 *
 * @param losses asked for each value that the other side cannot hold
 */
record AsMapped(Losses losses, PluginContext context) {

  /** The partitions of a side, those of some datasets converted. */
  Reading.Partitioned reading(
      Reading.Partitioned plain, Function<DatasetName, Optional<Conversion>> conversions) {
    return new Reading.Partitioned() {
      @Override
      public Iterator<Partition> partitions(Dataset dataset) {
        return plain.partitions(dataset);
      }

      @Override
      public RecordReader open(Dataset dataset, Partition partition) {
        RecordReader reader = plain.open(dataset, partition);
        try {
          return conversions
              .apply(dataset.name())
              .map(c -> c.reading(partition, reader, losses, context.allocator()))
              .orElse(reader);
        } catch (RuntimeException | Error e) {
          reader.close();
          throw e;
        }
      }
    };
  }
}
