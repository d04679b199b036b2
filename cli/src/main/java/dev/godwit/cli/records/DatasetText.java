package dev.godwit.cli.records;

import dev.godwit.spi.dataset.Dataset;
import dev.godwit.spi.dataset.Partition;
import dev.godwit.spi.error.ExitCode;
import dev.godwit.spi.error.GodwitException;
import dev.godwit.spi.extract.ExtractRun;
import dev.godwit.spi.extract.Reading;
import dev.godwit.spi.extract.RecordReader;
import dev.godwit.spi.record.LargeSpool;
import dev.godwit.spi.record.LargeValue;
import dev.godwit.spi.record.RecordBatch;
import dev.godwit.spi.record.RecordItem;
import dev.godwit.spi.run.Cancellation;
import java.io.IOException;
import java.util.Iterator;

/** Writes the records of a dataset, partition after partition, one batch in memory at a time. */
public final class DatasetText {
  private final ExtractRun run;
  private final Cancellation cancellation;

  /** Reads from an open run. */
  public DatasetText(ExtractRun run, Cancellation cancellation) {
    this.run = run;
    this.cancellation = cancellation;
  }

  /** Writes at most {@code limit} records. */
  public void write(Dataset dataset, RecordFormat format, long limit) throws IOException {
    if (!(run.reading() instanceof Reading.Partitioned reading)) {
      throw new GodwitException(
          ExitCode.FAILED, "one dataset cannot be read by itself from " + run.source().address());
    }
    long left = limit;
    Iterator<Partition> partitions = reading.partitions(dataset);
    while (left > 0 && partitions.hasNext()) {
      try (RecordReader reader = reading.open(dataset, partitions.next());
          LargeSpool spool = new LargeSpool()) {
        left -= write(reader, spool, format, left);
      }
    }
  }

  private long write(RecordReader reader, LargeSpool spool, RecordFormat format, long limit)
      throws IOException {
    long written = 0;
    while (written < limit) {
      RecordItem item = reader.next();
      if (item == null) {
        break;
      }
      cancellation.check();
      if (item instanceof LargeValue value) {
        spool.keep(value);
      } else if (item instanceof RecordBatch batch) {
        long rows = Math.min(batch.rowCount(), limit - written);
        for (int row = 0; row < rows; row++) {
          format.record(batch, row, spool::open);
        }
        written += rows;
        spool.clear();
        cancellation.check();
      }
    }
    return written;
  }
}
