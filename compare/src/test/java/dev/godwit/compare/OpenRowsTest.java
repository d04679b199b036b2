package dev.godwit.compare;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The table of open rows against a plain map, with rows that come and go. */
class OpenRowsTest {
  private record Row(long key, long hash) {}

  private static byte[] bytes(Row row) {
    return ByteBuffer.allocate(16).putLong(row.key()).putLong(row.hash()).array();
  }

  private static Map<Row, Long> held(OpenRows open) {
    Map<Row, Long> held = new HashMap<>();
    for (int place = 0; place < open.places(); place++) {
      if (open.count(place) != 0) {
        ByteBuffer bytes = ByteBuffer.wrap(open.bytes(place));
        held.put(new Row(bytes.getLong(), bytes.getLong()), open.count(place));
      }
    }
    return held;
  }

  private static void run(int keys, int places, long spooled, boolean narrows) {
    Random random = new Random(keys);
    long[] hashes = random.longs(keys).toArray();
    Map<Row, Long> expected = new HashMap<>();
    try (OpenRows open = new OpenRows(OpenRows.Mark.FIRST, places, spooled)) {
      for (int i = 0; i < 200_000; i++) {
        // Half of the keys share their lower bits, and so their places.
        long key = hashes[random.nextInt(keys)] & (i % 2 == 0 ? -1L : ~0xFFFL);
        Row row = new Row(key, random.nextInt(3));
        int count = random.nextBoolean() ? 1 : -1;
        open.meet(count, row.key(), row.hash(), 0, bytes(row), 0, 16);
        expected.merge(row, (long) count, Long::sum);
      }
      expected.values().removeIf(count -> count == 0);
      expected.keySet().removeIf(row -> !open.takes(row.key()));
      assertThat(held(open)).isEqualTo(expected);
      assertThat(!open.last().equals(OpenRows.Mark.LAST)).isEqualTo(narrows);
    }
  }

  @Test
  void holdsWhatIsLeft() {
    run(500, 1 << 13, 1 << 30, false);
  }

  @Test
  void narrowsItselfWhereItIsCrowded() {
    run(5000, 1 << 12, 1 << 30, true);
  }

  @Test
  void setsRowsAsideAnewWhereMostOfThemAreGone() {
    run(500, 1 << 13, 1 << 17, false);
  }

  @Test
  void narrowsItselfWhereTheFileIsFull() {
    run(5000, 1 << 17, 1 << 17, true);
  }
}
