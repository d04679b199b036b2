package dev.godwit.cli.screen;

import java.util.ArrayList;
import java.util.List;

/**
 * Rows under headings, aligned. Numbers stand to the right. Where the terminal is too narrow, the
 * widest columns of text are cut, then ids, numbers and times never.
 */
public final class Table {
  private static final String GAP = "  ";
  private static final int LEAST = 6;

  private final List<Column> columns;
  private final List<List<String>> rows = new ArrayList<>();

  /** When a column is cut. */
  private enum Cut {
    FIRST,
    LAST,
    NEVER
  }

  /** One column: its heading, and what it holds. */
  public record Column(String heading, boolean number, Cut cut) {}

  /** A column of text. */
  public static Column text(String heading) {
    return new Column(heading, false, Cut.FIRST);
  }

  /** A column of ids, whose beginnings do. */
  public static Column id(String heading) {
    return new Column(heading, false, Cut.LAST);
  }

  /** A column of times: half of one says nothing. */
  public static Column time(String heading) {
    return new Column(heading, false, Cut.NEVER);
  }

  /** A column of numbers. */
  public static Column number(String heading) {
    return new Column(heading, true, Cut.NEVER);
  }

  /** A table without rows. */
  public Table(Column... columns) {
    this.columns = List.of(columns);
  }

  /** Adds a row, one cell for each column. */
  public void row(String... cells) {
    if (cells.length != columns.size()) {
      throw new IllegalArgumentException(cells.length + " cells for " + columns.size());
    }
    List<String> safe = new ArrayList<>();
    for (String cell : cells) {
      safe.add(Printable.line(cell));
    }
    rows.add(safe);
  }

  /** The lines, the first with the headings, none wider than {@code width} if that is possible. */
  public List<String> lines(int width) {
    int[] widths = widths(width);
    List<String> lines = new ArrayList<>();
    lines.add(line(columns.stream().map(Column::heading).toList(), widths));
    rows.forEach(row -> lines.add(line(row, widths)));
    return lines;
  }

  private int[] widths(int width) {
    int[] widths = new int[columns.size()];
    for (int i = 0; i < widths.length; i++) {
      widths[i] = columns.get(i).heading().length();
      for (List<String> row : rows) {
        widths[i] = Math.max(widths[i], DisplayWidth.of(row.get(i)));
      }
    }
    long total = GAP.length() * (widths.length - 1L);
    for (int w : widths) {
      total += w;
    }
    for (Cut cut : List.of(Cut.FIRST, Cut.LAST)) {
      for (int i; total > width && (i = widest(widths, cut)) >= 0; total--) {
        widths[i]--;
      }
    }
    return widths;
  }

  /** The widest column that may still be cut; -1 if there is none. */
  private int widest(int[] widths, Cut cut) {
    int widest = -1;
    for (int i = 0; i < widths.length; i++) {
      int least = Math.max(LEAST, columns.get(i).heading().length());
      if (columns.get(i).cut() == cut
          && widths[i] > least
          && (widest < 0 || widths[i] > widths[widest])) {
        widest = i;
      }
    }
    return widest;
  }

  private String line(List<String> cells, int[] widths) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < widths.length; i++) {
      String cell = DisplayWidth.cut(cells.get(i), widths[i]);
      String padding = " ".repeat(widths[i] - DisplayWidth.of(cell));
      line.append(i == 0 ? "" : GAP);
      line.append(columns.get(i).number() ? padding + cell : cell + padding);
    }
    return line.toString().stripTrailing();
  }
}
