package dev.godwit.mapping.keyvalue;

import dev.godwit.mapping.Conversion;
import dev.godwit.mapping.Converted;
import dev.godwit.mapping.Converted.Noted;
import dev.godwit.mapping.OnLossy;
import dev.godwit.mapping.document.RowsToDocuments;
import dev.godwit.spi.dataset.Dataset;
import dev.godwit.spi.dataset.Partition;
import dev.godwit.spi.extract.RecordReader;
import dev.godwit.spi.record.Fields;
import dev.godwit.spi.record.RecordBatch;
import dev.godwit.spi.record.RecordItem;
import dev.godwit.spi.run.Cancellation;
import dev.godwit.testkit.row.Row;
import dev.godwit.testkit.row.RowReader;
import dev.godwit.testkit.sample.EveryKind;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.types.TimeUnit;

/** How many rows one core makes keys with values of in a second; run by hand. */
final class KeySpeed {
  private static final int ROWS = 4000;
  private static final int BATCHES = 250;
  private static final Dataset ORDERS =
      Converted.rows(
          List.of("id"),
          EveryKind.integer("id", 64),
          EveryKind.integer("customer", 32),
          EveryKind.decimal("total", 12, 2),
          EveryKind.timestamp("placed", TimeUnit.MICROSECOND, "UTC"),
          EveryKind.text("name"),
          EveryKind.text("note"),
          Fields.json("more", "jsonb"));

  private KeySpeed() {}

  public static void main(String[] arguments) {
    try (BufferAllocator allocator = new RootAllocator()) {
      List<Row> rows = new ArrayList<>();
      for (long i = 0; i < ROWS; i++) {
        rows.add(
            Row.of(
                i,
                i % 500,
                java.math.BigDecimal.valueOf(i * 125, 2),
                1_700_000_000_000_000L + i * 1_000_000,
                "Customer number " + i,
                "It was said: \"handle with care\", and then some more of it.",
                "{\"n\": " + i + ", \"tags\": [\"a\", \"b\"]}"));
      }
      try (RowReader reader =
          new RowReader(ORDERS.schema(), rows.iterator(), ROWS, allocator, new Cancellation())) {
        RecordBatch batch = (RecordBatch) reader.next();
        for (int i = 0; i < 4; i++) {
          Keying keying = Keying.byDefault(ORDERS);
          run("hash", new RowsToKeys(ORDERS, "hash", keying, List.of()), batch, allocator);
          run("json", new RowsToKeys(ORDERS, "string", keying, List.of()), batch, allocator);
          run("documents", new RowsToDocuments(ORDERS, List.of()), batch, allocator);
        }
      }
    }
  }

  private static void run(
      String name, Conversion conversion, RecordBatch batch, BufferAllocator allocator) {
    long start = System.nanoTime();
    int[] left = {BATCHES};
    RecordReader source =
        new RecordReader() {
          @Override
          public RecordItem next() {
            return left[0]-- > 0 ? batch : null;
          }

          @Override
          public void close() {}
        };
    long made = 0;
    try (RecordReader rows =
        conversion.reading(
            Partition.whole(ORDERS.name()), source, new Noted(OnLossy.FAIL), allocator)) {
      for (RecordItem item; (item = rows.next()) != null; ) {
        made += ((RecordBatch) item).rowCount();
      }
    }
    double seconds = (System.nanoTime() - start) / 1e9;
    System.out.printf("%s: %d rows, %.0f a second%n", name, made, made / seconds);
  }
}
