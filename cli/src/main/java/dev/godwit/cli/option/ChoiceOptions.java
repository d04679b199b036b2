package dev.godwit.cli.option;

import dev.godwit.spi.name.DatasetPattern;
import java.util.List;
import picocli.CommandLine.Option;

/** Which datasets are meant. */
public final class ChoiceOptions {
  @Option(
      names = "--include",
      paramLabel = "PATTERN",
      description = {
        "Take only datasets that match; may be repeated.",
        "A pattern is matched part by part: orders, public.*, shop.public.order?."
      })
  private List<String> include = List.of();

  @Option(
      names = "--exclude",
      paramLabel = "PATTERN",
      description = "Leave datasets that match, even if included; may be repeated.")
  private List<String> exclude = List.of();

  /** The patterns of what is taken; empty for all. */
  public List<DatasetPattern> include() {
    return include.stream().map(text -> Names.pattern("--include", text)).toList();
  }

  /** The patterns of what is left. */
  public List<DatasetPattern> exclude() {
    return exclude.stream().map(text -> Names.pattern("--exclude", text)).toList();
  }
}
