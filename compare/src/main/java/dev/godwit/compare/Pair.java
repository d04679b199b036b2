package dev.godwit.compare;

import dev.godwit.mapping.Conversion;
import dev.godwit.spi.dataset.Dataset;
import dev.godwit.spi.name.DatasetName;
import java.util.Optional;

/**
 * A dataset on both sides, or on one of them.
 *
 * @param name as it is called on side A, its database left out
 * @param a what A has of it
 * @param b what B has of it
 * @param form how their records are brought to one form
 */
record Pair(DatasetName name, Optional<Dataset> a, Optional<Dataset> b, CommonRecords form) {

  static Pair of(DatasetName name, Dataset a, Dataset b, SideShapes shapes) {
    return new Pair(name, Optional.of(a), Optional.of(b), CommonRecords.of(a, b, shapes));
  }

  static Pair onlyInA(DatasetName name, Dataset dataset) {
    return new Pair(name, Optional.of(dataset), Optional.empty(), CommonRecords.alike(dataset));
  }

  static Pair onlyInB(DatasetName name, Dataset dataset) {
    return new Pair(name, Optional.empty(), Optional.of(dataset), CommonRecords.alike(dataset));
  }

  /** How the records of both sides are held against each other. */
  PairedRecords records() {
    return form.records();
  }

  /** What becomes of a side's records ahead of that. */
  Optional<Conversion> mapped(Side side) {
    return side == Side.A ? form.ofA() : form.ofB();
  }

  /** About how many rows there are on the larger side; -1 where nobody knows. */
  long estimate() {
    return Math.max(
        a.map(dataset -> dataset.estimate().rows()).orElse(-1L),
        b.map(dataset -> dataset.estimate().rows()).orElse(-1L));
  }

  /**
   * What only one engine has is more than its records, as large objects that are empty: how many
   * each side has, where that differs; else empty.
   */
  String otherCounts() {
    String many = Dataset.OWN_ENGINE;
    Optional<String> ofA = a.map(dataset -> dataset.attributes().get(many));
    Optional<String> ofB = b.map(dataset -> dataset.attributes().get(many));
    return ofA.isEmpty() || ofB.isEmpty() || ofA.equals(ofB)
        ? ""
        : a.orElseThrow().kind() + ": " + ofA.get() + " in A, " + ofB.get() + " in B";
  }

  boolean onBothSides() {
    return a.isPresent() && b.isPresent();
  }
}
