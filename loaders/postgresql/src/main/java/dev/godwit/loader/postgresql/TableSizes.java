package dev.godwit.loader.postgresql;

import dev.godwit.spi.dataset.Catalogue;
import dev.godwit.spi.dataset.Dataset;
import dev.godwit.spi.dataset.SchemaObject;
import dev.godwit.spi.name.DatasetName;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;

/** How many rows each table about has, and how wide they are: what its indexes cost. */
final class TableSizes {
  /** Bytes of a row, where only the bytes are known. */
  private static final long ROW = 100;

  private final Map<DatasetName, Dataset.Estimate> sizes = new HashMap<>();

  /** The sizes of the tables of a catalogue. */
  static TableSizes of(Catalogue catalogue) {
    TableSizes sizes = new TableSizes();
    try (Stream<Dataset> datasets = catalogue.datasets()) {
      datasets.forEach(dataset -> sizes.sizes.put(dataset.name(), dataset.estimate()));
    }
    return sizes;
  }

  private static long rows(Dataset.Estimate estimate) {
    return estimate.rows() >= 0
        ? estimate.rows()
        : estimate.bytes() >= 0 ? estimate.bytes() / ROW : -1;
  }

  /** Whether the table holds rows itself: one that is divided into others does not. */
  boolean holdsRows(DatasetName table) {
    return sizes.containsKey(table);
  }

  /** The rows of the table that an object belongs to first; -1 where that is not known. */
  long rows(SchemaObject object) {
    return rows(object.datasets().get(0));
  }

  /** The rows of a table; -1 where that is not known. */
  long rows(DatasetName table) {
    return rows(sizes.getOrDefault(table, Dataset.Estimate.UNKNOWN));
  }

  /** The rows of the largest table; -1 where nothing is known of any. */
  long largest() {
    return sizes.values().stream().mapToLong(TableSizes::rows).max().orElse(-1);
  }

  /** The bytes of a row of a table on average; -1 where that is not known. */
  long bytesOfRow(DatasetName table) {
    Dataset.Estimate size = sizes.getOrDefault(table, Dataset.Estimate.UNKNOWN);
    return size.rows() <= 0 ? -1 : size.bytes() / size.rows();
  }
}
