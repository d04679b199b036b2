package dev.godwit.compare;

import dev.godwit.compare.OpenRows.Mark;
import dev.godwit.spi.record.LargeValue;
import dev.godwit.spi.record.RecordBatch;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Reads a pair again for the rows of buckets that differ. */
final class SecondPass {
  private final BothSides sides;
  private final int places;
  private final long spooled;

  /**
   * A pass.
   *
   * @param memory bytes that the table of open rows may take
   * @param spooled bytes that may be set aside in a temporary file
   */
  SecondPass(BothSides sides, long memory, long spooled) {
    this.sides = sides;
    this.places = (int) Long.highestOneBit(Math.max(1024, memory / OpenRows.PLACE));
    this.spooled = spooled;
  }

  /** Tells the rows that one side has and the other has not, as often as memory fills up. */
  void run(FirstPass.Sums sums, Consumer<OpenRows> left) {
    Buckets buckets = sums.a();
    BitSet differing = sums.differing();
    Mark first = Mark.FIRST;
    while (true) {
      try (OpenRows open = new OpenRows(first, places, spooled)) {
        sides.read(
            List.of(sums.pair()),
            Map.of(),
            (pair, side, dataset) ->
                new Meeting(pair.cursor(side, dataset), side.sign(), buckets, differing, open));
        left.accept(open);
        if (open.last().equals(Mark.LAST)) {
          return;
        }
        first = open.last().next();
      }
    }
  }

  /** Meets the rows of one partition. */
  private record Meeting(
      RecordCursor rows, int count, Buckets buckets, BitSet differing, OpenRows open)
      implements BothSides.Sink {
    @Override
    public long large(LargeValue value) {
      return rows.meet(value);
    }

    @Override
    public long batch(RecordBatch batch) {
      rows.over(batch);
      while (rows.next()) {
        long key = rows.keyHash();
        if (differing.get(buckets.of(key)) && open.takes(key)) {
          rows.encode();
          open.meet(count, key, rows.high(), rows.low(), rows.bytes(), rows.from(), rows.size());
        }
      }
      return rows.bytes(batch);
    }

    @Override
    public void end() {}

    @Override
    public void close() {
      rows.close();
    }
  }
}
