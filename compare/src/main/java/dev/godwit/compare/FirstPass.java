package dev.godwit.compare;

import dev.godwit.spi.record.LargeValue;
import dev.godwit.spi.record.RecordBatch;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Sums the rows of both sides into buckets. */
final class FirstPass {
  private final BothSides sides;
  private final int jobs;
  private final long memory;

  /**
   * A pass.
   *
   * @param memory bytes that all buckets may take at a time; one dataset may take more
   */
  FirstPass(BothSides sides, int jobs, long memory) {
    this.sides = sides;
    this.jobs = jobs;
    this.memory = memory;
  }

  /** What the pass has met of a pair. */
  record Sums(Pair pair, Buckets a, Buckets b) {}

  /** Reads pairs, as many at a time as memory takes, and hands over each with its sums. */
  void run(List<Pair> pairs, Consumer<Sums> compared) {
    List<Pair> together = new ArrayList<>();
    long bytes = 0;
    for (Pair pair : pairs) {
      long more = 2L * (1 + jobs) * Buckets.bytes(Buckets.bitsFor(pair.estimate()));
      if (!together.isEmpty() && bytes + more > memory) {
        read(together, compared);
        together.clear();
        bytes = 0;
      }
      together.add(pair);
      bytes += more;
    }
    if (!together.isEmpty()) {
      read(together, compared);
    }
  }

  private void read(List<Pair> pairs, Consumer<Sums> compared) {
    Map<Pair, Sums> sums = new HashMap<>();
    List<Sums> inOrder = new ArrayList<>();
    for (Pair pair : pairs) {
      int bits = Buckets.bitsFor(pair.estimate());
      inOrder.add(new Sums(pair, new Buckets(bits), new Buckets(bits)));
      sums.put(pair, inOrder.get(inOrder.size() - 1));
    }
    sides.read(
        pairs,
        (pair, side, dataset) -> {
          Sums all = sums.get(pair);
          return new Summing(
              pair.cursor(side, dataset),
              new BucketFiller(new Buckets(Buckets.bitsFor(pair.estimate()))),
              side == Side.A ? all.a() : all.b());
        });
    inOrder.forEach(compared);
  }

  /** Sums one partition, and adds it to those of the dataset at its end. */
  private record Summing(RecordCursor rows, BucketFiller part, Buckets all)
      implements BothSides.Sink {
    @Override
    public long large(LargeValue value) {
      return rows.meet(value);
    }

    @Override
    public void batch(RecordBatch batch) {
      rows.over(batch);
      rows.all(part);
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
