package dev.godwit.mapping.keyvalue;

import dev.godwit.mapping.row.ValueText;
import dev.godwit.spi.dataset.Partition;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VectorSchemaRoot;

/** Names the rows of a partition, for people: by their key, else by their place. */
final class RowNames {
  private final Partition partition;
  private final List<Integer> key;
  private VectorSchemaRoot rows;
  private long before;

  /**
   * Names of the rows of a partition.
   *
   * @param key places of the columns of the key
   */
  RowNames(Partition partition, List<Integer> key) {
    this.partition = partition;
    this.key = List.copyOf(key);
  }

  /** Begins with a batch. */
  void over(VectorSchemaRoot next) {
    rows = next;
  }

  /** Ends the batch. */
  void end() {
    before += rows.getRowCount();
  }

  /** The name of a row of the batch. */
  String of(int row) {
    if (key.isEmpty()) {
      return "row " + (before + row) + " of partition " + partition.ordinal();
    }
    return key.stream()
        .map(
            place -> {
              FieldVector vector = rows.getVector(place);
              return vector.getName() + "=" + ValueText.of(vector, row);
            })
        .collect(Collectors.joining(", "));
  }
}
