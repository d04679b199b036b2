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

  /** The filter made of these and of the choice of datasets. */
  public DatasetFilter with(ChoiceOptions choice) {
    return new DatasetFilter(
        choice.include(),
        choice.exclude(),
        where.stream().map(RecordOptions::condition).toList(),
        columns.stream().map(RecordOptions::chosen).toList());
  }

  private static DatasetFilter.Where condition(String text) {
    Assignment parsed = Assignment.parse("--where", text, "\"orders=placed >= '2026-01-01'\"");
    return new DatasetFilter.Where(Names.pattern("--where", parsed.name()), parsed.value());
  }

  private static DatasetFilter.Columns chosen(String text) {
    Assignment parsed = Assignment.parse("--columns", text, "orders=id,placed");
    return new DatasetFilter.Columns(
        Names.pattern("--columns", parsed.name()), List.of(parsed.value().split(",", -1)));
  }
}
