package dev.godwit.compare;

import dev.godwit.spi.name.DatasetName;
import java.util.List;

/**
 * One difference in the rows of a dataset.
 *
 * @param dataset as it is called on side A, its database left out
 * @param kind where the row is
 * @param times how many equal rows are meant; more than 1 only without a key
 * @param key columns and values of the key; empty where the dataset has none
 * @param a for {@link Kind#CHANGED} the values of A that are others in B, else all beyond the key;
 *     empty where A has no such row
 * @param b likewise of B, for {@code CHANGED} the same columns as of A
 */
public record Difference(
    DatasetName dataset, Kind kind, long times, List<Cell> key, List<Cell> a, List<Cell> b) {

  /** Where a row is. */
  public enum Kind {
    /** Only A has it. */
    ONLY_IN_A,
    /** Only B has it. */
    ONLY_IN_B,
    /** Both have the key, with other values. */
    CHANGED
  }

  /**
   * A value under its column's name.
   *
   * @param column as it is called on side A
   * @param value as {@link dev.godwit.transfer.hash.RowValues} has it, or {@link Shortened}
   */
  public record Cell(String column, Object value) {}

  /** Copies the lists. */
  public Difference {
    key = List.copyOf(key);
    a = List.copyOf(a);
    b = List.copyOf(b);
  }

  /** The same with long values cut, so that it can be kept until it is shown. */
  Difference shortened() {
    return new Difference(dataset, kind, times, shortened(key), shortened(a), shortened(b));
  }

  private static List<Cell> shortened(List<Cell> cells) {
    return cells.stream().map(c -> new Cell(c.column(), Shortened.of(c.value()))).toList();
  }
}
