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
      if (pages <= PageRanges.GROUP && isReadAsItLies(table)) {
        return List.of(copyTable(table)).iterator();
      }
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

  /** Whether the table's own rows are read, all of them, and its columns without an expression. */
  private boolean isReadAsItLies(Table table) {
    Relation relation = table.relation();
    return relation.kept().isEmpty()
        && !relation.holdsLargeObjects()
        && !table.columns().isEmpty()
        && table.columns().stream()
            .allMatch(column -> types.selectExpression(column).equals(Sql.name(column.name())));
  }

  /**
   * A statement that gives the rows of the table by their pages, without its children's, as the
   * query does, and that the server need not plan: with small tables that is half of its work.
   */
  private static String copyTable(Table table) {
    return table.columns().stream()
        .map(column -> Sql.name(column.name()))
        .collect(
            Collectors.joining(
                ", ", "copy " + table.relation().sql() + " (", ") to stdout (format binary)"));
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
