package dev.godwit.spi.extract;

import dev.godwit.spi.dataset.Partition;
import org.apache.arrow.vector.types.pojo.Schema;

/**
 * Records of one dataset in the bytes in which their store sends them: for telling that two sides
 * hold the same, without the values of either being looked at. The methods may be called by several
 * threads at once.
 */
public interface SentRecords {
  /**
   * The columns of the key, as the dataset has them, and one of bytes, in which the other columns
   * lie together. The metadata of its field says all that the bytes depend on: where this is equal
   * on two sides, records of equal bytes have equal values. Records of other bytes may have equal
   * values too, as 1.0 and 1.00.
   */
  Schema schema();

  /** Opens a partition of the dataset; its batches are of {@link #schema}. */
  RecordReader open(Partition partition);
}
