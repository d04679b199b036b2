package dev.godwit.spi.dataset;

import dev.godwit.spi.name.DatasetName;

/**
 * A slice of a dataset: the unit of parallel work and of resuming. The partitions of a dataset are
 * disjoint and complete.
 *
 * @param dataset whose slice it is
 * @param ordinal its place among the partitions of the dataset, from 0 without gaps
 * @param span what it holds
 */
public record Partition(DatasetName dataset, int ordinal, Span span) {
  /** The one partition of a dataset that is not divided. */
  public static Partition whole(DatasetName dataset) {
    return new Partition(dataset, 0, Span.ALL);
  }

  /** Such as {@code shop.public.orders#3}. */
  @Override
  public String toString() {
    return dataset + "#" + ordinal;
  }
}
