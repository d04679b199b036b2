package dev.godwit.cli.option;

import dev.godwit.mapping.keyvalue.KeyTemplate;
import dev.godwit.spi.error.ExitCode;
import dev.godwit.spi.error.GodwitException;
import dev.godwit.spi.name.DatasetName;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Option;

/** Which columns name the rows of queries. */
public final class QueryKeyOption {
  static final String FLAG = "--key";

  @Option(
      names = FLAG,
      paramLabel = "NAME=A,B",
      description = {
        "These columns name each row of the query; it is run once more to see",
        "that they do. Without a key its rows have no names."
      })
  private List<String> keys = List.of();

  /**
   * The keys of queries, by their names.
   *
   * @throws GodwitException {@code USAGE} if one cannot be read, or is a template
   */
  public Map<DatasetName, List<String>> keys() {
    keys.stream()
        .filter(KeyTemplate::isMeant)
        .findFirst()
        .ifPresent(
            template -> {
              throw new GodwitException(
                  ExitCode.USAGE,
                  FLAG + " " + template + ": a backup keeps rows as they are, and makes no keys",
                  "give the template to restore or migrate");
            });
    return read(keys);
  }

  static Map<DatasetName, List<String>> read(List<String> keys) {
    Map<DatasetName, List<String>> columns = new LinkedHashMap<>();
    for (String text : keys) {
      Assignment key = Assignment.parse(FLAG, text, "big_orders=id");
      DatasetName name = Names.name(FLAG, key.name());
      if (columns.put(name, List.of(key.value().split(",", -1))) != null) {
        throw new GodwitException(
            ExitCode.USAGE,
            FLAG + " names " + name + " twice",
            "write one with all columns of the key: " + name + "=a,b");
      }
    }
    return columns;
  }
}
