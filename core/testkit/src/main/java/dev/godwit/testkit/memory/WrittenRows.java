package dev.godwit.testkit.memory;

import dev.godwit.spi.record.LargeReference;
import dev.godwit.spi.record.RecordBatch;
import dev.godwit.spi.record.RecordItem;
import dev.godwit.spi.run.Cancellation;
import dev.godwit.testkit.row.LargeBytes;
import dev.godwit.testkit.row.Row;
import dev.godwit.testkit.row.RowCollector;
import java.nio.file.Path;
import java.util.List;

/** Turns what a writer is given into rows, and counts it. */
final class WrittenRows {
  private final RowCollector collector;
  private final Cancellation cancellation;
  private long rows;
  private long bytes;

  WrittenRows(Path folder, Cancellation cancellation) {
    this.collector = new RowCollector(bytes -> LargeBytes.inFile(bytes, folder));
    this.cancellation = cancellation;
  }

  List<Row> take(RecordItem item) {
    cancellation.check();
    List<Row> taken = collector.collect(item);
    rows += taken.size();
    if (item instanceof RecordBatch batch) {
      bytes += batch.bytes();
      for (LargeReference reference : batch.large()) {
        bytes += reference.length();
      }
    }
    return taken;
  }

  long rows() {
    return rows;
  }

  long bytes() {
    return bytes;
  }
}
