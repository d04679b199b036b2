package dev.godwit.compare;

import dev.godwit.spi.dataset.Dataset;
import dev.godwit.spi.extract.SentRecords;
import java.util.List;
import java.util.Optional;

/**
 * A pair whose records both sides send in one form: where the bytes are the same, so are the
 * records, and no value has to be looked at.
 */
record SentPair(SentRecords a, SentRecords b, PairedRows rows) {

  /** The pair as its records are sent; nothing where the sides do not send them alike. */
  static Optional<SentPair> of(Pair pair, ComparedRun a, ComparedRun b) {
    boolean asTheyAre = pair.mapped(Side.A).or(() -> pair.mapped(Side.B)).isEmpty();
    if (!asTheyAre || !(pair.records() instanceof PairedRows rows)) {
      return Optional.empty();
    }
    Optional<SentRecords> ofA = sent(a, pair.a(), rows.columns());
    Optional<SentRecords> ofB = ofA.flatMap(any -> sent(b, pair.b(), rows.columns()));
    return ofB.filter(other -> other.schema().equals(ofA.get().schema()))
        .map(other -> new SentPair(ofA.get(), other, rows));
  }

  private static Optional<SentRecords> sent(
      ComparedRun run, List<Dataset> datasets, Alignment columns) {
    return datasets.size() == 1
        ? run.reading().asSent(datasets.get(0), columns.names(), columns.keys())
        : Optional.empty();
  }

  /** The records of a side. */
  SentRecords of(Side side) {
    return side == Side.A ? a : b;
  }

  /** Hashes a partition of either side; keys have the hashes that they always have. */
  RecordHashes hashes() {
    return rows.asSent();
  }
}
