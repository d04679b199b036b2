package dev.godwit.extractor.postgresql.read;

import dev.godwit.extractor.postgresql.type.PgColumn;
import dev.godwit.spi.dataset.Dataset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A table of the run, described.
 *
 * @param columns those that are read, in the order of the dataset's fields
 * @param condition which of its rows are read, in SQL
 */
record Table(
    Relation relation, Dataset dataset, List<PgColumn> columns, Optional<String> condition) {

  /** The same table, of which these columns are read, in this order. */
  Table with(List<String> names) {
    Map<String, PgColumn> byName = new HashMap<>();
    columns.forEach(column -> byName.put(column.name(), column));
    return new Table(relation, dataset, names.stream().map(byName::get).toList(), condition);
  }
}
