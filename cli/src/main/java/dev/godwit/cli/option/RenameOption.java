package dev.godwit.cli.option;

import dev.godwit.spi.error.ExitCode;
import dev.godwit.spi.error.GodwitException;
import dev.godwit.spi.name.DatasetName;
import dev.godwit.spi.name.Renames;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Option;

/** New names for datasets. */
public final class RenameOption {
  @Option(
      names = "--rename",
      paramLabel = "A=B",
      description = {
        "Load dataset A under the name B; may be repeated.",
        "Both have as many parts: orders=orders_old, public.orders=old.orders."
      })
  private List<String> renames = List.of();

  /**
   * The new names.
   *
   * @throws GodwitException {@code USAGE} if one cannot be read, or a name is given twice
   */
  public Renames renames() {
    Map<DatasetName, DatasetName> names = new HashMap<>();
    for (String text : renames) {
      Assignment parsed = Assignment.parse("--rename", text, "orders=orders_old");
      DatasetName from = Names.name("--rename", parsed.name());
      if (names.put(from, Names.name("--rename", parsed.value())) != null) {
        throw new GodwitException(
            ExitCode.USAGE,
            "--rename names " + from + " twice",
            "a dataset has one name: leave one of them out");
      }
    }
    try {
      return new Renames(names);
    } catch (IllegalArgumentException e) {
      throw new GodwitException(
          ExitCode.USAGE,
          "--rename " + e.getMessage(),
          "write the new name as the old one: orders=orders_old, public.orders=old.orders",
          e);
    }
  }
}
