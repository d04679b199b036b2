package dev.godwit.transfer.hash;

import dev.godwit.spi.extract.RecordReader;
import dev.godwit.spi.record.RecordBatch;
import dev.godwit.spi.record.RecordItem;
import dev.godwit.spi.run.Cancellation;
import dev.godwit.testkit.row.Row;
import dev.godwit.testkit.row.RowReader;
import java.util.List;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;

/** Fingerprints of rows given as values. */
final class Batches {
  private Batches() {}

  static Fingerprint of(Field field, Object... values) {
    List<Row> rows = java.util.Arrays.stream(values).map(Row::of).toList();
    return of(new Schema(List.of(field)), rows, 100);
  }

  static Fingerprint ofNull(Field field) {
    return of(new Schema(List.of(field)), List.of(Row.of((Object) null)), 100);
  }

  static Fingerprint of(Schema schema, List<Row> rows, int batchRows) {
    RowHasher hasher = new RowHasher();
    try (RootAllocator allocator = new RootAllocator();
        RecordReader reader =
            new RowReader(schema, rows.iterator(), batchRows, allocator, new Cancellation())) {
      for (RecordItem item; (item = reader.next()) != null; ) {
        if (item instanceof RecordBatch batch) {
          hasher.add(batch);
        }
      }
      return hasher.fingerprint();
    }
  }
}
