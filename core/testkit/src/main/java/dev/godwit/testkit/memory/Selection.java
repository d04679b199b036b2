package dev.godwit.testkit.memory;

import dev.godwit.spi.dataset.Dataset;
import dev.godwit.spi.error.ExitCode;
import dev.godwit.spi.error.GodwitException;
import dev.godwit.spi.name.DatasetFilter;
import dev.godwit.spi.name.DatasetName;
import dev.godwit.testkit.row.Row;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;

/**
 * What a filter leaves of a store at one moment.
 *
 * @param tables each dataset that is taken, as its columns were chosen, and its rows
 */
record Selection(Map<DatasetName, Table> tables) {
  /** Conditions are of the form {@code column<number}. */
  private static final Pattern CONDITION = Pattern.compile("(\\w+)<(\\d+)");

  /** A dataset and its rows. */
  record Table(Dataset dataset, List<Row> rows) {}

  static Selection of(MemoryStore store, DatasetFilter filter) {
    Map<DatasetName, Table> tables = new LinkedHashMap<>();
    for (Dataset dataset : store.datasets()) {
      if (filter.takes(dataset.name())) {
        tables.put(dataset.name(), select(dataset, store.rows(dataset.name()), filter));
      }
    }
    return new Selection(tables);
  }

  private static Table select(Dataset dataset, List<Row> rows, DatasetFilter filter) {
    List<String> columns = dataset.schema().getFields().stream().map(Field::getName).toList();
    Predicate<Row> condition =
        filter.conditionFor(dataset.name()).map(c -> condition(c, columns)).orElse(row -> true);
    List<Row> taken = rows.stream().filter(condition).toList();
    return filter
        .columnsFor(dataset.name())
        .map(names -> project(dataset, taken, names.stream().map(n -> at(n, columns)).toList()))
        .orElse(new Table(dataset, taken));
  }

  private static Predicate<Row> condition(String text, List<String> columns) {
    Matcher matcher = CONDITION.matcher(text);
    if (!matcher.matches()) {
      throw new GodwitException(
          ExitCode.USAGE, "'" + text + "' is no condition", "write column<number");
    }
    int column = at(matcher.group(1), columns);
    long bound = Long.parseLong(matcher.group(2));
    return row -> row.get(column) instanceof Long value && value < bound;
  }

  private static int at(String name, List<String> columns) {
    int at = columns.indexOf(name);
    if (at < 0) {
      throw new GodwitException(
          ExitCode.USAGE, "no column '" + name + "'", "columns are " + String.join(", ", columns));
    }
    return at;
  }

  private static Table project(Dataset whole, List<Row> rows, List<Integer> columns) {
    Schema schema = new Schema(columns.stream().map(whole.schema().getFields()::get).toList());
    Dataset part = Dataset.of(whole.name(), whole.kind(), schema);
    List<Row> chosen = new ArrayList<>();
    for (Row row : rows) {
      List<Object> values = new ArrayList<>();
      columns.forEach(c -> values.add(row.get(c)));
      chosen.add(new Row(values));
    }
    return new Table(part, chosen);
  }
}
