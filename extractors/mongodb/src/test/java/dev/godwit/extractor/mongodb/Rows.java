package dev.godwit.extractor.mongodb;

import dev.godwit.spi.dataset.Dataset;
import dev.godwit.spi.dataset.Partition;
import dev.godwit.spi.extract.ExtractRun;
import dev.godwit.spi.extract.Reading;
import dev.godwit.spi.extract.RecordReader;
import dev.godwit.spi.record.RecordBatch;
import dev.godwit.spi.record.RecordItem;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;

/** How many documents a run shows. */
final class Rows {
  private Rows() {}

  static long count(ExtractRun run) {
    Reading.Partitioned reading = (Reading.Partitioned) run.reading();
    List<Dataset> all;
    try (Stream<Dataset> datasets = run.catalogue().datasets()) {
      all = datasets.toList();
    }
    long rows = 0;
    for (Dataset dataset : all) {
      for (Iterator<Partition> it = reading.partitions(dataset); it.hasNext(); ) {
        try (RecordReader reader = reading.open(dataset, it.next())) {
          for (RecordItem item; (item = reader.next()) != null; ) {
            rows += item instanceof RecordBatch batch ? batch.rowCount() : 0;
          }
        }
      }
    }
    return rows;
  }
}
