package dev.godwit.transfer.hash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.godwit.spi.extract.RecordReader;
import dev.godwit.spi.record.Misfit;
import dev.godwit.spi.record.RecordBatch;
import dev.godwit.spi.record.RecordItem;
import dev.godwit.spi.run.Cancellation;
import dev.godwit.testkit.row.Bytes;
import dev.godwit.testkit.row.Interval;
import dev.godwit.testkit.row.LargeBytes;
import dev.godwit.testkit.row.Odd;
import dev.godwit.testkit.row.Row;
import dev.godwit.testkit.row.RowReader;
import dev.godwit.testkit.sample.EveryKind;
import dev.godwit.testkit.sample.RandomRows;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.types.pojo.Schema;
import org.junit.jupiter.api.Test;

/** Rows one by one, and what is read back from their bytes. */
class RowCursorTest {
  private static final Schema SCHEMA = EveryKind.schema();
  private static final int COLUMNS = SCHEMA.getFields().size();

  private record Seen(long keyHash, long high, long low, List<Object> values) {}

  private static List<Seen> see(Schema schema, List<Row> rows, int[] columns, int keys) {
    List<Seen> seen = new ArrayList<>();
    RowCursor cursor = new RowCursor(columns, keys);
    try (RootAllocator allocator = new RootAllocator();
        RecordReader reader =
            new RowReader(schema, rows.iterator(), 64, allocator, new Cancellation())) {
      for (RecordItem item; (item = reader.next()) != null; ) {
        if (item instanceof RecordBatch batch) {
          cursor.over(batch);
          while (cursor.next()) {
            cursor.encode();
            byte[] bytes =
                Arrays.copyOfRange(cursor.bytes(), cursor.from(), cursor.from() + cursor.size());
            seen.add(
                new Seen(
                    cursor.keyHash(),
                    cursor.high(),
                    cursor.low(),
                    RowValues.of(bytes, columns.length)));
          }
        }
      }
    }
    return seen;
  }

  private static int[] all() {
    return IntStream.range(0, COLUMNS).toArray();
  }

  @Test
  void theHashesOfAllRowsSumUpToTheFingerprint() {
    List<Row> rows = RandomRows.list(SCHEMA, 500, 1);
    Fingerprint sum = Fingerprint.EMPTY;
    for (Seen row : see(SCHEMA, rows, all(), 1)) {
      sum = sum.add(row.high(), row.low());
    }
    assertThat(sum).isEqualTo(Batches.of(SCHEMA, rows, 100));
  }

  @Test
  void theOrderOfColumnsIsTheCallers() {
    List<Row> rows = RandomRows.list(SCHEMA, 300, 2);
    int[] turned = IntStream.range(0, COLUMNS).map(i -> COLUMNS - 1 - i).toArray();
    List<Seen> straight = see(SCHEMA, rows, all(), 0);
    List<Seen> reversed = see(SCHEMA, rows, turned, 0);
    for (int row = 0; row < rows.size(); row++) {
      List<Object> values = new ArrayList<>(reversed.get(row).values());
      java.util.Collections.reverse(values);
      assertThat(values).isEqualTo(straight.get(row).values());
    }
  }

  @Test
  void theKeyAloneDecidesItsHash() {
    Schema schema = new Schema(List.of(EveryKind.integer("id", 64), EveryKind.text("t")));
    List<Seen> seen =
        see(schema, List.of(Row.of(1L, "a"), Row.of(1L, "b"), Row.of(2L, "a")), all(2), 1);
    assertThat(seen.get(0).keyHash()).isEqualTo(seen.get(1).keyHash());
    assertThat(seen.get(0).keyHash()).isNotEqualTo(seen.get(2).keyHash());
    assertThat(seen.get(0).low()).isNotEqualTo(seen.get(1).low());
  }

  private static int[] all(int columns) {
    return IntStream.range(0, columns).toArray();
  }

  @Test
  void valuesAreReadBack() {
    Schema schema =
        new Schema(
            List.of(
                EveryKind.integer("i", 64),
                EveryKind.decimal("d", 20, 4),
                EveryKind.text("t"),
                EveryKind.binary("b"),
                SCHEMA.findField("interval")));
    LargeBytes large = LargeBytes.held(new byte[9 << 20]);
    List<Seen> seen =
        see(
            schema,
            List.of(
                Row.of(
                    -7L,
                    new BigDecimal("1.2500"),
                    "",
                    new Bytes(new byte[] {1, 2}),
                    new Interval(14, 3, 5)),
                Row.of(
                    null, new Odd(Misfit.Kind.NAN, new Bytes(new byte[] {9})), null, large, null)),
            all(5),
            0);
    assertThat(seen.get(0).values())
        .containsExactly(
            new BigDecimal(-7),
            new BigDecimal("1.25"),
            "",
            ByteBuffer.wrap(new byte[] {1, 2}),
            new RowValues.Interval(14, 3, 5));
    assertThat(seen.get(1).values())
        .containsExactly(
            null,
            new RowValues.Odd(Misfit.Kind.NAN, ByteBuffer.wrap(new byte[] {9})),
            null,
            new RowValues.Large(9 << 20, large.sha256().toString()),
            null);
  }
}
