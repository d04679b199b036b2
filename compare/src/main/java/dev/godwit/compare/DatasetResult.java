package dev.godwit.compare;

import dev.godwit.spi.name.DatasetName;
import java.util.List;

/**
 * What comparing one dataset came to.
 *
 * @param name as it is called on side A, its database left out
 * @param rowsA of A; -1 where A has no such dataset
 * @param rowsB of B; -1 where B has no such dataset
 * @param onlyInA rows that only A has
 * @param onlyInB rows that only B has
 * @param changed rows whose key both have, with other values
 * @param schema what differs in the columns, one line each
 * @param counts what the sides have different numbers of, though their rows may be the same, in
 *     words; else empty
 * @param vanished whether the sides differed when they were read first, and no more when they were
 *     read again: a source that does not show one instant
 */
public record DatasetResult(
    DatasetName name,
    long rowsA,
    long rowsB,
    long onlyInA,
    long onlyInB,
    long changed,
    List<String> schema,
    String counts,
    boolean vanished) {

  /** Copies the list. */
  public DatasetResult {
    schema = List.copyOf(schema);
  }

  /** Whether both sides have the dataset, with the same columns and the same rows. */
  public boolean same() {
    return rowsA >= 0
        && rowsA == rowsB
        && onlyInA == 0
        && onlyInB == 0
        && changed == 0
        && schema.isEmpty()
        && counts.isEmpty()
        && !vanished;
  }

  /** How many rows differ, a changed one counted once. */
  public long differences() {
    return onlyInA + onlyInB + changed;
  }
}
