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
    List<Assignment> parsed =
        where.stream()
            .map(text -> Assignment.parse("--where", text, "\"orders=placed >= '2026-01-01'\""))
            .toList();
    Assignment.requireOnce(
        "--where", parsed, "join the conditions into one, such as a > 1 and b > 2");
    return parsed.stream()
        .map(of -> new DatasetFilter.Where(Names.pattern("--where", of.name()), of.value()))
        .toList();
  }

  private List<DatasetFilter.Columns> lists() {
    List<Assignment> parsed =
        columns.stream()
            .map(text -> Assignment.parse("--columns", text, "orders=id,placed"))
            .toList();
    Assignment.requireOnce(
        "--columns", parsed, "write all columns into one list: orders=id,placed");
    return parsed.stream()
        .map(
            of ->
                new DatasetFilter.Columns(
                    Names.pattern("--columns", of.name()), List.of(of.value().split(",", -1))))
        .toList();
  }
}
