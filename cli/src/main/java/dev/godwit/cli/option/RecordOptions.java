package dev.godwit.cli.option;

import dev.godwit.spi.error.ExitCode;
import dev.godwit.spi.error.GodwitException;
import dev.godwit.spi.name.DatasetFilter;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import picocli.CommandLine.Option;

/** Which records and columns of the datasets are meant. */
public final class RecordOptions {
  @Option(
      names = "--where",
      paramLabel = "DATASET=CONDITION",
      description = "Take only records that meet the condition, in the store's own language.")
  private List<String> where = List.of();

  @Option(
      names = "--columns",
      paramLabel = "DATASET=A,B",
      description = "Take only these columns of a dataset.")
  private List<String> columns = List.of();

  /**
   * The filter made of these and of the choice of datasets.
   *
   * @throws dev.godwit.spi.error.GodwitException {@code USAGE} if one cannot be read, or two are
   *     for the same datasets
   */
  public DatasetFilter with(ChoiceOptions choice) {
    return new DatasetFilter(choice.include(), choice.exclude(), conditions(), lists());
  }

  private List<DatasetFilter.Where> conditions() {
    String example = "\"orders=placed >= '2026-01-01'\"";
    String hint = "join the conditions into one, such as a > 1 and b > 2";
    return Assignment.parseAll("--where", where, example, hint).stream()
        .map(of -> new DatasetFilter.Where(Names.pattern("--where", of.name()), of.value()))
        .toList();
  }

  private List<DatasetFilter.Columns> lists() {
    String example = "orders=id,placed";
    String hint = "write all columns into one list: " + example;
    return Assignment.parseAll("--columns", columns, example, hint).stream()
        .map(RecordOptions::list)
        .toList();
  }

  /** A column that came twice could be kept, and loaded nowhere. */
  private static DatasetFilter.Columns list(Assignment of) {
    List<String> names = List.of(of.value().split(",", -1));
    Set<String> seen = new HashSet<>();
    for (String name : names) {
      if (!seen.add(name)) {
        throw new GodwitException(
            ExitCode.USAGE,
            "--columns " + of.name() + " names the column '" + name + "' twice",
            "leave one of them out");
      }
    }
    return new DatasetFilter.Columns(Names.pattern("--columns", of.name()), names);
  }
}
