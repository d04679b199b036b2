package dev.godwit.compare;

import dev.godwit.mapping.Conversion;
import dev.godwit.spi.dataset.Dataset;
import dev.godwit.spi.name.DatasetName;
import java.util.List;
import java.util.Optional;

/**
 * A dataset on both sides, or on one of them.
 *
 * @param name as it is called on side A, its database left out
 * @param a what A has of it: itself, or the parts of what is divided; empty where it has nothing
 * @param b what B has of it
 * @param form how their records are brought to one form
 */
record Pair(DatasetName name, List<Dataset> a, List<Dataset> b, CommonRecords form) {

  static Pair of(DatasetName name, Dataset a, Dataset b, SideShapes shapes) {
    return new Pair(name, List.of(a), List.of(b), CommonRecords.of(a, b, shapes));
  }

  static Pair onlyInA(DatasetName name, Dataset dataset) {
    return new Pair(name, List.of(dataset), List.of(), CommonRecords.alike(dataset));
  }

  static Pair onlyInB(DatasetName name, Dataset dataset) {
    return new Pair(name, List.of(), List.of(dataset), CommonRecords.alike(dataset));
  }

  /** What a side has of it. */
  List<Dataset> parts(Side side) {
    return side == Side.A ? a : b;
  }

  /** How the records of both sides are held against each other. */
  PairedRecords records() {
    return form.records();
  }

  /** Goes through a partition of one of the datasets of a side. */
  RecordCursor cursor(Side side, Dataset dataset) {
    PairedRecords records = records();
    return parts(side).size() > 1 && records instanceof PairedRows rows
        ? rows.in(side, dataset).cursor(side)
        : records.cursor(side);
  }

  /** What becomes of a side's records ahead of that. */
  Optional<Conversion> mapped(Side side) {
    return side == Side.A ? form.ofA() : form.ofB();
  }

  /** About how many rows there are on the larger side; -1 where nobody knows. */
  long estimate() {
    return Math.max(estimate(a), estimate(b));
  }

  private static long estimate(List<Dataset> datasets) {
    long rows = datasets.stream().mapToLong(d -> Math.max(0, d.estimate().rows())).sum();
    return datasets.stream().allMatch(d -> d.estimate().rows() < 0) ? -1 : rows;
  }

  /**
   * What only one engine has is more than its records, as large objects that are empty: how many
   * each side has, where that differs; else empty.
   */
  String otherCounts() {
    if (a.size() != 1 || b.size() != 1) {
      return "";
    }
    String ofA = a.get(0).attributes().get(Dataset.OWN_ENGINE);
    String ofB = b.get(0).attributes().get(Dataset.OWN_ENGINE);
    return ofA == null || ofB == null || ofA.equals(ofB)
        ? ""
        : a.get(0).kind() + ": " + ofA + " in A, " + ofB + " in B";
  }

  boolean onBothSides() {
    return !a.isEmpty() && !b.isEmpty();
  }
}
