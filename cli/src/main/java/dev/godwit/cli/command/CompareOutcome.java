package dev.godwit.cli.command;

import dev.godwit.cli.progress.Outcome;
import dev.godwit.cli.progress.RunView;
import dev.godwit.cli.records.ComparedValues;
import dev.godwit.cli.screen.Amounts;
import dev.godwit.cli.screen.Printable;
import dev.godwit.cli.screen.Table;
import dev.godwit.cli.screen.Terminal;
import dev.godwit.compare.CompareListener;
import dev.godwit.compare.CompareReport;
import dev.godwit.compare.DatasetResult;
import dev.godwit.compare.Difference;
import dev.godwit.transfer.TransferEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What a comparison finds, told to scripts at once and to people at the end. */
final class CompareOutcome implements CompareListener {
  /** Lines that are kept for people, of all datasets. */
  private static final int MOST_LINES = 2000;

  private final RunView view;
  private final Table table =
      new Table(
          Table.text("DATASET"),
          Table.number("ROWS A"),
          Table.number("ROWS B"),
          Table.text("RESULT"));
  private final List<String> lines = new ArrayList<>();
  private final List<String> ofDataset = new ArrayList<>();
  private long told;

  CompareOutcome(RunView view) {
    this.view = view;
  }

  @Override
  public void on(TransferEvent event) {
    view.on(event);
  }

  @Override
  public void difference(Difference difference) {
    told++;
    if (lines.size() + ofDataset.size() < MOST_LINES) {
      ofDataset.add("  " + line(difference));
    }
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("dataset", difference.dataset().toString());
    fields.put("kind", difference.kind().name().toLowerCase(Locale.ROOT));
    fields.put("times", difference.times());
    fields.put("key", ComparedValues.fields(difference.key()));
    fields.put("a", ComparedValues.fields(difference.a()));
    fields.put("b", ComparedValues.fields(difference.b()));
    view.tell("difference", fields);
  }

  private static String line(Difference difference) {
    String times = difference.times() > 1 ? Amounts.count(difference.times()) + " times " : "";
    return switch (difference.kind()) {
      case ONLY_IN_A -> "only in A: " + times + row(difference, difference.a());
      case ONLY_IN_B -> "only in B: " + times + row(difference, difference.b());
      case CHANGED -> {
        StringBuilder line =
            new StringBuilder("differs: " + times + ComparedValues.text(difference.key()) + ":");
        for (int i = 0; i < difference.a().size(); i++) {
          line.append(i == 0 ? " " : "; ")
              .append(difference.a().get(i).column())
              .append(" is ")
              .append(ComparedValues.text(difference.a().get(i).value()))
              .append(" in A, ")
              .append(ComparedValues.text(difference.b().get(i).value()))
              .append(" in B");
        }
        yield line.toString();
      }
    };
  }

  /** A row by its key, or by all its values where it has none. */
  private static String row(Difference difference, List<Difference.Cell> values) {
    List<Difference.Cell> shown = difference.key().isEmpty() ? values : difference.key();
    return shown.isEmpty() ? "a row without columns" : ComparedValues.text(shown);
  }

  @Override
  public void compared(DatasetResult result) {
    table.row(
        result.name().toString(), count(result.rowsA()), count(result.rowsB()), verdict(result));
    if (!ofDataset.isEmpty() || !result.schema().isEmpty()) {
      lines.add("");
      lines.add(result.name().toString());
      result.schema().forEach(line -> lines.add("  " + line));
      lines.addAll(ofDataset);
      long more = result.differences() - told;
      if (more > 0) {
        lines.add("  and " + Amounts.count(more) + " more (--limit, --json)");
      }
    }
    told = 0;
    ofDataset.clear();
    view.tell("compared", fields(result));
  }

  private static String count(long rows) {
    return rows < 0 ? "-" : Amounts.count(rows);
  }

  private static String verdict(DatasetResult result) {
    if (result.same()) {
      return "same";
    } else if (result.rowsB() < 0) {
      return "only in A";
    } else if (result.rowsA() < 0) {
      return "only in B";
    } else if (result.vanished()) {
      return "different when read first, not when read again";
    }
    List<String> parts = new ArrayList<>();
    if (result.changed() > 0) {
      parts.add(Amounts.count(result.changed(), "row") + " changed");
    }
    if (result.onlyInA() > 0) {
      parts.add(Amounts.count(result.onlyInA()) + " only in A");
    }
    if (result.onlyInB() > 0) {
      parts.add(Amounts.count(result.onlyInB()) + " only in B");
    }
    if (!result.schema().isEmpty()) {
      parts.add("other columns");
    }
    if (!result.counts().isEmpty()) {
      parts.add(result.counts());
    }
    return "different: " + String.join(", ", parts);
  }

  private static Map<String, Object> fields(DatasetResult result) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("dataset", result.name().toString());
    fields.put("same", result.same());
    fields.put("rows_a", result.rowsA() < 0 ? null : result.rowsA());
    fields.put("rows_b", result.rowsB() < 0 ? null : result.rowsB());
    fields.put("changed", result.changed());
    fields.put("only_in_a", result.onlyInA());
    fields.put("only_in_b", result.onlyInB());
    fields.put("columns", result.schema());
    fields.put("counts", result.counts().isEmpty() ? null : result.counts());
    fields.put("vanished", result.vanished());
    return fields;
  }

  /** Writes the answer for people. */
  void show(CompareReport report, Terminal terminal) {
    table.lines(terminal.tableWidth()).forEach(terminal::println);
    lines.forEach(line -> terminal.println(Printable.line(line)));
    terminal.println("");
    report.remarks().forEach(remark -> terminal.println(Printable.line("remark: " + remark)));
    terminal.println(
        report.same()
            ? "the same: "
                + Amounts.count(report.datasets(), "dataset")
                + ", "
                + Amounts.count(report.rowsA(), "row")
            : "different: "
                + Amounts.count(report.different())
                + " of "
                + Amounts.count(report.datasets(), "dataset"));
  }

  /** What the run came to. */
  Outcome of(CompareReport report, long nanos) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("seconds", Duration.ofNanos(nanos).toMillis() / 1000.0);
    fields.put("same", report.same());
    fields.put("datasets", report.datasets());
    fields.put("different", report.different());
    fields.put("rows_a", report.rowsA());
    fields.put("rows_b", report.rowsB());
    fields.put("remarks", report.remarks());
    return new Outcome(report.exitCode(), List.of(), fields);
  }
}
