package dev.godwit.mapping.row;

import dev.godwit.mapping.Losses;
import dev.godwit.mapping.OnLossy;
import dev.godwit.spi.dataset.Partition;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VectorSchemaRoot;

/** Names the values of a partition's rows that are lost. Used by one thread. */
final class CellLosses {
  private final Partition partition;
  private final List<Integer> key;
  private final Losses losses;
  private VectorSchemaRoot rows;
  private long before;

  /**
   * Nothing is lost yet.
   *
   * @param key places of the columns of the key
   */
  CellLosses(Partition partition, List<Integer> key, Losses losses) {
    this.partition = partition;
    this.key = List.copyOf(key);
    this.losses = losses;
  }

  /** Begins with a batch. */
  void over(VectorSchemaRoot next) {
    before += rows == null ? 0 : rows.getRowCount();
    rows = next;
  }

  /**
   * A value is lost.
   *
   * @return what becomes of it, never {@code FAIL}
   */
  OnLossy lost(int column, int row, String why) {
    losses.lost(partition.dataset(), rows.getVector(column).getName(), name(row), why);
    return losses.policy();
  }

  private String name(int row) {
    if (key.isEmpty()) {
      return "row " + (before + row) + " of partition " + partition.ordinal();
    }
    return key.stream()
        .map(
            column -> {
              FieldVector vector = rows.getVector(column);
              return vector.getName() + "=" + ValueText.of(vector, row);
            })
        .collect(Collectors.joining(", "));
  }
}
