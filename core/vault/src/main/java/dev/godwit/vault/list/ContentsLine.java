package dev.godwit.vault.list;

import dev.godwit.spi.dataset.Dataset;

/**
 * One line of a snapshot's contents: a dataset with what it came to, or a partition of the dataset
 * above it. Partitions have lines of their own, so that a dataset of very many is never held whole.
 *
 * @param dataset absent on the line of a partition
 * @param rows of the dataset; absent on the line of a partition
 * @param bytes of the dataset, uncompressed; absent on the line of a partition
 * @param partitions how many lines of partitions follow; absent on the line of a partition
 * @param partition absent on the line of a dataset
 */
public record ContentsLine(
    DatasetLine dataset, Long rows, Long bytes, Integer partitions, PartitionLine partition) {

  /** Checks that it is one of the two. */
  public ContentsLine {
    boolean whole = dataset != null && rows != null && bytes != null && partitions != null;
    if (whole == (partition != null)) {
      throw new IllegalArgumentException("a line of contents is a dataset or a partition");
    }
  }

  /** The dataset, its estimate now what it came to. Only on the line of a dataset. */
  public Dataset described() {
    return dataset.dataset(new Dataset.Estimate(rows, bytes));
  }
}
