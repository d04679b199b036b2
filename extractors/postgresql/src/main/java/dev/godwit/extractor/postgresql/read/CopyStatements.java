package dev.godwit.extractor.postgresql.read;

import dev.godwit.extractor.postgresql.type.PgColumn;
import dev.godwit.extractor.postgresql.type.TypeMap;
import dev.godwit.spi.dataset.Span;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Collectors;

/** The statements that read a partition, one after the other. */
final class CopyStatements {
  private final TypeMap types;

  CopyStatements(TypeMap types) {
    this.types = types;
  }

  /**
   * The statements.
   *
   * @param pages how many pages the table had when the run began
   */
  Iterator<String> of(Table table, Span span, long pages) {
    String select =
        select(
            table.columns(),
            table.relation().foreign() ? table.relation().sql() : table.relation().only());
    if (span.axis().equals(PageRanges.AXIS)) {
      Iterator<String> groups = PageRanges.groups(span, pages);
      return new Iterator<>() {
        @Override
        public boolean hasNext() {
          return groups.hasNext();
        }

        @Override
        public String next() {
          return copy(select + " where " + groups.next());
        }
      };
    }
    return List.of(copy(select + table.condition().map(CopyStatements::where).orElse("")))
        .iterator();
  }

  /** The one statement that reads a query. */
  Iterator<String> of(QueryTable query) {
    return List.of(copy(select(query.columns(), query.from()))).iterator();
  }

  private String select(List<PgColumn> columns, String from) {
    return columns.stream()
        .map(types::selectExpression)
        .collect(Collectors.joining(", ", "select ", " from " + from));
  }

  /** On lines of its own, so that a comment in the condition ends with it. */
  static String where(String condition) {
    return " where (\n" + condition + "\n)";
  }

  private static String copy(String select) {
    return "copy (" + select + ") to stdout (format binary)";
  }
}
