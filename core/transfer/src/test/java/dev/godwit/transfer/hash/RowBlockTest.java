package dev.godwit.transfer.hash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.godwit.spi.extract.RecordReader;
import dev.godwit.spi.record.RecordBatch;
import dev.godwit.spi.record.RecordItem;
import dev.godwit.spi.run.Cancellation;
import dev.godwit.testkit.row.LargeBytes;
import dev.godwit.testkit.row.Row;
import dev.godwit.testkit.row.RowReader;
import dev.godwit.testkit.sample.EveryKind;
import dev.godwit.testkit.sample.RandomRows;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;
import org.junit.jupiter.api.Test;

/** Rows encoded many at a time have the bytes that they have one by one. */
class RowBlockTest {
  private static final Schema SCHEMA = EveryKind.schema();

  private static void same(Schema schema, List<Row> rows, int batch, int[] order, int keys) {
    RowBlock block = new RowBlock(order, keys);
    RowEncoder plain = new RowEncoder();
    RowBytes bytes = new RowBytes();
    int met = 0;
    try (RootAllocator allocator = new RootAllocator();
        RecordReader reader =
            new RowReader(schema, rows.iterator(), batch, allocator, new Cancellation())) {
      for (RecordItem item; (item = reader.next()) != null; ) {
        if (item instanceof RecordBatch some) {
          block.begin(some);
          plain.begin(some);
          int row = 0;
          while (block.next()) {
            for (int i = 0; i < block.count(); i++, row++) {
              plain.at(row);
              bytes.reset();
              int keyEnd = 0;
              for (int column = 0; column < order.length; column++) {
                plain.put(row, order[column], bytes);
                keyEnd = column < keys ? bytes.size() : keyEnd;
              }
              assertThat(Arrays.copyOfRange(block.bytes(), block.start(i), block.end(i)))
                  .isEqualTo(Arrays.copyOf(bytes.array(), bytes.size()));
              assertThat(block.keyEnd(i) - block.start(i)).isEqualTo(keyEnd);
            }
          }
          plain.end();
          assertThat(row).isEqualTo(some.rowCount());
          met += row;
        }
      }
    }
    assertThat(met).isEqualTo(rows.size());
  }

  private static int[] all(Schema schema) {
    return IntStream.range(0, schema.getFields().size()).toArray();
  }

  @Test
  void everyKindOfValue() {
    int[] order = all(SCHEMA);
    int[] turned = IntStream.of(order).map(i -> order.length - 1 - i).toArray();
    List<Row> rows = RandomRows.list(SCHEMA, 500, 7);
    same(SCHEMA, rows, 500, order, 2);
    same(SCHEMA, rows, 100, turned, 0);
    same(SCHEMA, rows, 100, order, order.length);
  }

  @Test
  void eachKindByItselfSoThatMisfitsAreFew() {
    for (Field field : SCHEMA.getFields()) {
      Schema schema = new Schema(List.of(EveryKind.integer("number", 64), field));
      List<Row> rows = RandomRows.list(schema, 900, 11);
      for (int batch : new int[] {1, 255, 257, 900}) {
        same(schema, rows, batch, new int[] {0, 1}, 1);
      }
      same(schema, rows, 900, new int[] {1}, 1);
    }
  }

  @Test
  void rowsOfAllWidths() {
    Schema schema =
        new Schema(List.of(EveryKind.integer("id", 32), EveryKind.text("a"), EveryKind.text("b")));
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < 600; i++) {
      int wide = i % 97 == 0 ? 300_000 : i > 300 ? 5_000 : i % 50;
      rows.add(Row.of((long) i, i % 7 == 0 ? null : "é".repeat(wide / 2), i % 5 == 0 ? null : "x"));
    }
    same(schema, rows, 600, all(schema), 1);
  }

  @Test
  void rowsThatReferToLargeValues() {
    Schema schema = new Schema(List.of(EveryKind.integer("id", 16), EveryKind.binary("b")));
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      Object bytes = i % 13 == 12 ? LargeBytes.held(new byte[9 << 20]) : null;
      rows.add(Row.of((long) i, bytes));
    }
    same(schema, rows, 40, all(schema), 1);
  }
}
