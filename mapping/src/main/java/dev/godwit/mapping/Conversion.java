package dev.godwit.mapping;

import dev.godwit.spi.dataset.Dataset;
import dev.godwit.spi.dataset.Partition;
import dev.godwit.spi.extract.RecordReader;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;

/** What becomes of one dataset. Immutable: its readers are used by several threads at once. */
public interface Conversion {
  /** The dataset as the target gets it; its name is still the source's. */
  Dataset dataset();

  /** What becomes of each field of the source, in their order. */
  List<FieldMapping> fields();

  /**
   * Reads a partition in the new shape. Its batches are about 4 MiB; closing it closes the source.
   *
   * @param partition what the source reads; records without a key are named by their place in it
   * @param losses asked for each value that the target cannot hold
   */
  RecordReader reading(
      Partition partition, RecordReader source, Losses losses, BufferAllocator allocator);
}
