package dev.godwit.cli.option;

import dev.godwit.spi.name.DatasetFilter;
import java.util.List;
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

  private static DatasetFilter.Columns list(Assignment of) {
    return new DatasetFilter.Columns(
        Names.pattern("--columns", of.name()), List.of(of.value().split(",", -1)));
  }
}
