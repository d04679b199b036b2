package dev.godwit.spi.extract;

import dev.godwit.spi.dataset.Partition;
import org.apache.arrow.vector.types.pojo.Schema;

/**
 * Records of one dataset by the bytes in which their store sends them: for telling that two sides
 * hold the same, without the values of either being looked at. The methods may be called by several
 * threads at once.
 */
public interface SentRecords {
  /**
   * The columns of the key, as the dataset has them, and one of 24 bytes: a hash of the record as
   * it was sent, its key included, in two words of 64 bits, and how many bytes it had, in a third.
   * Where that would not fit into memory, it is instead a reference to a large value: what was sent
   * behind the key. The metadata of its field says all that the bytes depend on: where the schemas
   * of two sides are equal, records of equal hashes have equal values. Records of other hashes may
   * have equal values too, as 1.0 and 1.00.
   */
  Schema schema();

  /** Opens a partition of the dataset; its batches are of {@link #schema}. */
  RecordReader open(Partition partition);
}
