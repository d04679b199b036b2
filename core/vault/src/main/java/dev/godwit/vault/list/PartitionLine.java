package dev.godwit.vault.list;

import dev.godwit.spi.dataset.Partition;
import dev.godwit.spi.dataset.Span;
import dev.godwit.spi.name.DatasetName;
import java.util.List;
import java.util.Optional;

/**
 * A partition in the contents of a snapshot, right after its dataset and in order.
 *
 * @param ordinal its place among the partitions of its dataset, from 0
 * @param axis of its span
 * @param from the first mark inside; absent for no lower bound
 * @param to the first mark outside; absent for no upper bound
 * @param rows that it holds
 * @param bytes uncompressed
 * @param count how many blocks it has
 * @param blocks its blocks, where they are few; else absent
 * @param list the id of the list of its blocks, where they are many; else absent
 */
public record PartitionLine(
    int ordinal,
    String axis,
    String from,
    String to,
    long rows,
    long bytes,
    long count,
    List<BlockLine> blocks,
    String list) {

  /** Up to so many blocks stand in the contents themselves: a list of its own would cost more. */
  public static final int INLINE = 4;

  /** The span of the partition. */
  public Span span() {
    return new Span(axis, Optional.ofNullable(from), Optional.ofNullable(to));
  }

  /** The partition. */
  public Partition of(DatasetName dataset) {
    return new Partition(dataset, ordinal, span());
  }
}
