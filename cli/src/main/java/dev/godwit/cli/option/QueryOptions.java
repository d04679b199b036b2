package dev.godwit.cli.option;

import dev.godwit.spi.error.ExitCode;
import dev.godwit.spi.error.GodwitException;
import dev.godwit.spi.extract.DatasetQuery;
import dev.godwit.spi.name.DatasetName;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Option;

/** Datasets that are made of queries. */
public final class QueryOptions {
  private static final String EXAMPLE = "big_orders=\"select * from orders where total > 100\"";

  @Option(
      names = "--query",
      paramLabel = "NAME=QUERY",
      description = {
        "Make a dataset of a query in the store's own language; may be repeated.",
        "Queries are taken alone, or beside the datasets that --include names;",
        "--include '*' takes all of them."
      })
  private List<String> queries = List.of();

  /**
   * The queries, with their keys.
   *
   * @param keys columns that name the rows of queries, by their names
   * @throws GodwitException {@code USAGE} if one cannot be read, a key is of no query, or datasets
   *     are left out where none are taken
   */
  public List<DatasetQuery> queries(ChoiceOptions choice, Map<DatasetName, List<String>> keys) {
    Map<DatasetName, List<String>> columns = new LinkedHashMap<>(keys);
    List<DatasetQuery> made = new ArrayList<>();
    for (String text : queries) {
      Assignment query = Assignment.parse("--query", text, EXAMPLE);
      DatasetName name = Names.name("--query", query.name());
      List<String> key = columns.remove(name);
      made.add(new DatasetQuery(name, query.value(), key == null ? List.of() : key));
    }
    for (DatasetName unmet : columns.keySet()) {
      throw new GodwitException(
          ExitCode.USAGE,
          "--key " + unmet + " is the key of no query",
          "write it with the name that --query gives; a template of keys has braces: 'customer:{id}'");
    }
    if (!made.isEmpty() && choice.include().isEmpty() && !choice.exclude().isEmpty()) {
      throw new GodwitException(
          ExitCode.USAGE,
          "--exclude leaves nothing out, because queries are taken alone",
          "add --include '*' to take the other datasets too");
    }
    return made;
  }
}
