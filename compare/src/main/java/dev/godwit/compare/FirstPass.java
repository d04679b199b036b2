package dev.godwit.compare;

import dev.godwit.spi.record.LargeValue;
import dev.godwit.spi.record.RecordBatch;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Sums the rows of both sides into buckets: as they are sent where both send them alike, which
 * spares decoding them and encoding them again, else by their values.
 */
final class FirstPass {
  private final BothSides sides;
  private final Function<Pair, Optional<SentPair>> sent;
  private final int jobs;
  private final long memory;

  /**
   * A pass.
   *
   * @param sent a pair as its rows are sent; nothing where the sides do not send them alike
   * @param memory bytes that all buckets may take at a time; one dataset may take more
   */
  FirstPass(BothSides sides, Function<Pair, Optional<SentPair>> sent, int jobs, long memory) {
    this.sides = sides;
    this.sent = sent;
    this.jobs = jobs;
    this.memory = memory;
  }

  /**
   * What the pass has met of a pair.
   *
   * @param asSent whether rows were summed as they are sent: other sums do not mean other rows then
   */
  record Sums(Pair pair, Buckets a, Buckets b, boolean asSent) {

    /** The buckets that do not hold the same. */
    BitSet differing() {
      return a.differing(b);
    }

    /**
     * Whether the rows that are not the same are found in the buckets that differ. Without a key a
     * row's bucket is that of its bytes, which are others once its values are looked at; and where
     * many buckets differ, all rows may be sent in other bytes and be the same.
     */
    boolean leadToRows() {
      int differ = differing().cardinality();
      return !asSent || differ == 0 || (pair.records().keyed() && differ <= a.count() / 4);
    }
  }

  /** Reads pairs, as many at a time as memory takes, and hands over each with its sums. */
  void run(List<Pair> pairs, Consumer<Sums> compared) {
    run(pairs, sent, compared);
  }

  /** Reads a pair by its values. */
  Sums byValues(Pair pair) {
    List<Sums> sums = new ArrayList<>();
    run(List.of(pair), any -> Optional.empty(), sums::add);
    return sums.get(0);
  }

  private void run(
      List<Pair> pairs, Function<Pair, Optional<SentPair>> sent, Consumer<Sums> compared) {
    List<Pair> together = new ArrayList<>();
    long bytes = 0;
    for (Pair pair : pairs) {
      long more = 2L * (1 + jobs) * Buckets.bytes(Buckets.bitsFor(pair.estimate()));
      if (!together.isEmpty() && bytes + more > memory) {
        read(together, sent, compared);
        together.clear();
        bytes = 0;
      }
      together.add(pair);
      bytes += more;
    }
    if (!together.isEmpty()) {
      read(together, sent, compared);
    }
  }

  private void read(
      List<Pair> pairs, Function<Pair, Optional<SentPair>> sent, Consumer<Sums> compared) {
    Map<Pair, Sums> sums = new HashMap<>();
    Map<Pair, SentPair> asSent = new HashMap<>();
    List<Sums> inOrder = new ArrayList<>();
    for (Pair pair : pairs) {
      sent.apply(pair).ifPresent(records -> asSent.put(pair, records));
      int bits = Buckets.bitsFor(pair.estimate());
      Sums ofPair = new Sums(pair, new Buckets(bits), new Buckets(bits), asSent.containsKey(pair));
      inOrder.add(ofPair);
      sums.put(pair, ofPair);
    }
    sides.read(
        pairs,
        asSent,
        (pair, side, dataset) -> {
          Sums all = sums.get(pair);
          return new Summing(
              all.asSent() ? asSent.get(pair).hashes() : pair.cursor(side, dataset),
              new BucketFiller(new Buckets(Buckets.bitsFor(pair.estimate()))),
              side == Side.A ? all.a() : all.b());
        });
    inOrder.forEach(compared);
  }

  /** Sums one partition, and adds it to those of the dataset at its end. */
  private record Summing(RecordHashes rows, BucketFiller part, Buckets all)
      implements BothSides.Sink {
    @Override
    public long large(LargeValue value) {
      return rows.meet(value);
    }

    @Override
    public long batch(RecordBatch batch) {
      rows.over(batch);
      rows.all(part);
      return rows.bytes(batch);
    }

    @Override
    public void end() {
      all.merge(part.filled());
    }

    @Override
    public void close() {
      rows.close();
    }
  }
}
