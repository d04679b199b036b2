package dev.godwit.extractor.postgresql;

import dev.godwit.spi.dataset.Dataset;
import dev.godwit.spi.dataset.Partition;
import dev.godwit.spi.extract.ExtractRun;
import dev.godwit.spi.extract.Reading;
import dev.godwit.spi.extract.RecordReader;
import dev.godwit.spi.record.RecordItem;
import dev.godwit.testkit.row.LargeBytes;
import dev.godwit.testkit.row.Row;
import dev.godwit.testkit.row.RowCollector;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Reads a run's rows into memory. */
public final class Rows {
  private Rows() {}

  public static List<Dataset> datasets(ExtractRun run) {
    try (Stream<Dataset> datasets = run.catalogue().datasets()) {
      return datasets.toList();
    }
  }

  /** The dataset whose name ends so. */
  public static Dataset dataset(ExtractRun run, String table) {
    return datasets(run).stream()
        .filter(d -> d.name().last().equals(table))
        .findFirst()
        .orElseThrow();
  }

  public static List<Partition> partitions(ExtractRun run, Dataset dataset) {
    List<Partition> partitions = new ArrayList<>();
    Iterator<Partition> all = ((Reading.Partitioned) run.reading()).partitions(dataset);
    all.forEachRemaining(partitions::add);
    return partitions;
  }

  public static RecordReader open(ExtractRun run, Dataset dataset, Partition partition) {
    return ((Reading.Partitioned) run.reading()).open(dataset, partition);
  }

  public static List<Row> of(ExtractRun run, Dataset dataset) {
    List<Row> rows = new ArrayList<>();
    for (Partition partition : partitions(run, dataset)) {
      RowCollector collector = new RowCollector(LargeBytes::measured);
      try (RecordReader reader = open(run, dataset, partition)) {
        for (RecordItem item; (item = reader.next()) != null; ) {
          rows.addAll(collector.collect(item));
        }
      }
    }
    return rows;
  }

  public static List<Row> of(ExtractRun run, String table) {
    return of(run, dataset(run, table));
  }

  /** The rows of every table, by the table's own name. */
  public static Map<String, List<Row>> all(ExtractRun run) {
    Map<String, List<Row>> all = new TreeMap<>();
    datasets(run).forEach(d -> all.put(d.name().last(), of(run, d)));
    return all;
  }

  /** A column of whole numbers, sorted. */
  public static List<Long> numbers(List<Row> rows, int column) {
    return rows.stream().map(r -> ((Number) r.get(column)).longValue()).sorted().toList();
  }
}
