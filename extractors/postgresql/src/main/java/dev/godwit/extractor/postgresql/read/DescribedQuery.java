package dev.godwit.extractor.postgresql.read;

import dev.godwit.spi.extract.DatasetQuery;
import dev.godwit.spi.name.DatasetName;
import java.util.List;

/**
 * A query as the server understood it.
 *
 * @param name of the dataset: database, schema, name
 * @param query as it was given
 * @param columns of its rows, all with names of their own
 */
record DescribedQuery(DatasetName name, DatasetQuery query, List<Column> columns) {
  /**
   * A column.
   *
   * @param type the id of its type
   * @param modifier of its type, -1 for none
   * @param nativeType as {@code format_type} says it
   */
  record Column(String name, int type, int modifier, String nativeType) {}

  /** Copies the columns. */
  DescribedQuery {
    columns = List.copyOf(columns);
  }

  /** What stands behind {@code from}. */
  String from() {
    return from(query);
  }

  /** On lines of its own, so that a comment at its end ends with it. */
  static String from(DatasetQuery query) {
    String text = query.statement().strip();
    return "(\n" + (text.endsWith(";") ? text.substring(0, text.length() - 1) : text) + "\n) as q";
  }
}
