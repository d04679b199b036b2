package dev.godwit.testkit.contract;

import dev.godwit.spi.dataset.Dataset;
import dev.godwit.spi.dataset.Partition;
import dev.godwit.spi.extract.ExtractRun;
import dev.godwit.spi.extract.Reading;
import dev.godwit.spi.extract.RecordReader;
import dev.godwit.spi.extract.RecordStream;
import dev.godwit.spi.name.DatasetName;
import dev.godwit.spi.record.RecordItem;
import dev.godwit.testkit.row.LargeBytes;
import dev.godwit.testkit.row.Row;
import dev.godwit.testkit.row.RowCollector;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Goes through a run in one thread, by partitions or in one pass. */
final class Pass {
  /** Meets each item of a run, with the slice it belongs to. */
  @FunctionalInterface
  interface Visitor {
    void visit(Dataset dataset, Partition partition, RecordItem item);
  }

  private Pass() {}

  static List<Dataset> datasets(ExtractRun run) {
    try (Stream<Dataset> datasets = run.catalogue().datasets()) {
      return datasets.toList();
    }
  }

  static List<Partition> partitions(Reading.Partitioned reading, Dataset dataset) {
    List<Partition> partitions = new ArrayList<>();
    Iterator<Partition> all = reading.partitions(dataset);
    all.forEachRemaining(partitions::add);
    return partitions;
  }

  /** Every item of the run. */
  static void over(ExtractRun run, Visitor visitor) {
    if (run.reading() instanceof Reading.Partitioned reading) {
      for (Dataset dataset : datasets(run)) {
        for (Partition partition : partitions(reading, dataset)) {
          over(reading, dataset, partition, visitor);
        }
      }
      return;
    }
    try (RecordStream stream = ((Reading.OnePass) run.reading()).open()) {
      for (RecordStream.Entry entry; (entry = stream.next()) != null; ) {
        Partition whole = Partition.whole(entry.dataset().name());
        visitor.visit(entry.dataset(), whole, entry.item());
      }
    }
  }

  static void over(
      Reading.Partitioned reading, Dataset dataset, Partition partition, Visitor visitor) {
    try (RecordReader reader = reading.open(dataset, partition)) {
      for (RecordItem item; (item = reader.next()) != null; ) {
        visitor.visit(dataset, partition, item);
      }
    }
  }

  /** How often each row of the run is met, dataset by dataset; also of datasets without rows. */
  static Map<DatasetName, Map<Row, Integer>> rows(ExtractRun run) {
    Map<DatasetName, Map<Row, Integer>> rows = new TreeMap<>();
    Map<DatasetName, RowCollector> collectors = new LinkedHashMap<>();
    datasets(run).forEach(dataset -> rows.put(dataset.name(), new LinkedHashMap<>()));
    over(
        run,
        (dataset, partition, item) -> {
          RowCollector collector =
              collectors.computeIfAbsent(
                  dataset.name(), name -> new RowCollector(LargeBytes::measured));
          Map<Row, Integer> counts = rows.get(dataset.name());
          collector.collect(item).forEach(row -> counts.merge(row, 1, Integer::sum));
        });
    return rows;
  }

  static long count(Map<Row, Integer> rows) {
    return rows.values().stream().mapToLong(Integer::longValue).sum();
  }
}
