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
    if (table.relation().kind() == LargeObjects.BY_FUNCTIONS) {
      String rows = LargeObjects.byFunctions(span, table.dataset());
      return List.of(
              copy(
                  select(table.columns(), rows)
                      + table.condition().map(CopyStatements::where).orElse("")))
          .iterator();
    }
    String select = select(table.columns(), table.relation().rows());
    String also = table.relation().holdsLargeObjects() ? " and " + LargeObjects.NEEDED : "";
    if (span.axis().equals(PageRanges.AXIS)) {
      Iterator<String> groups = PageRanges.groups(span, pages);
      return new Iterator<>() {
        @Override
        public boolean hasNext() {
          return groups.hasNext();
        }

        @Override
        public String next() {
          return copy(select + " where " + groups.next() + also);
        }
      };
    }
    return List.of(copy(select + where(table, span))).iterator();
  }

  private static String where(Table table, Span span) {
    String condition = table.condition().map(CopyStatements::where).orElse("");
    if (!table.relation().holdsLargeObjects()) {
      return condition;
    }
    String pages = LargeObjects.NEEDED + " and " + LargeObjects.within(span);
    return condition.isEmpty() ? " where " + pages : condition + " and " + pages;
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
