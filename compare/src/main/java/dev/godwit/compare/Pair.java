package dev.godwit.compare;

import dev.godwit.spi.dataset.Dataset;
import dev.godwit.spi.name.DatasetName;
import java.util.Optional;

/**
 * A dataset on both sides, or on one of them.
 *
 * @param name as it is called on side A, its database left out
 * @param a what A has of it
 * @param b what B has of it
 * @param columns those of both sides, in an order for both
 */
record Pair(DatasetName name, Optional<Dataset> a, Optional<Dataset> b, Alignment columns) {

  static Pair of(DatasetName name, Optional<Dataset> a, Optional<Dataset> b) {
    Dataset left = a.or(() -> b).orElseThrow();
    return new Pair(name, a, b, Alignment.of(left, b.orElse(left)));
  }

  /** About how many rows there are on the larger side; -1 where nobody knows. */
  long estimate() {
    return Math.max(
        a.map(dataset -> dataset.estimate().rows()).orElse(-1L),
        b.map(dataset -> dataset.estimate().rows()).orElse(-1L));
  }

  boolean onBothSides() {
    return a.isPresent() && b.isPresent();
  }
}
