package dev.godwit.extractor.postgresql.read;

import dev.godwit.spi.error.ExitCode;
import dev.godwit.spi.error.GodwitException;
import dev.godwit.spi.extract.DatasetQuery;
import dev.godwit.spi.extract.ExtractRequest;
import dev.godwit.spi.name.DatasetFilter;
import dev.godwit.spi.name.DatasetName;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What the queries of a request are called: database, schema ({@code public}), name. */
final class QueryNames {
  private QueryNames() {}

  /**
   * The queries by their full names, in their order.
   *
   * @throws GodwitException {@code USAGE} where a name is no table's name or stands for two
   *     queries, or where a condition is meant for one
   */
  static Map<DatasetName, DatasetQuery> of(ExtractRequest request) {
    Map<DatasetName, DatasetQuery> named = new LinkedHashMap<>();
    for (DatasetQuery query : request.queries()) {
      DatasetName name = full(query.name(), request.source().database());
      if (named.put(name, query) != null) {
        throw new GodwitException(
            ExitCode.USAGE,
            "two queries are called " + name,
            "give each --query a name of its own");
      }
      for (DatasetFilter.Where where : request.filter().where()) {
        if (where.dataset().matches(name)) {
          throw new GodwitException(
              ExitCode.USAGE,
              "--where " + where.dataset() + " is meant for a query",
              "write the condition into --query " + query.name());
        }
      }
    }
    return named;
  }

  private static DatasetName full(DatasetName given, String database) {
    List<String> parts = new ArrayList<>(given.parts());
    if (parts.size() == 1) {
      parts.add(0, "public");
    }
    if (parts.size() == 2) {
      parts.add(0, database);
    }
    if (parts.size() > 3 || !parts.get(0).equals(database)) {
      throw new GodwitException(
          ExitCode.USAGE,
          "--query " + given + " is no name of a table in database '" + database + "'",
          "a query's name is name or schema.name");
    }
    return new DatasetName(parts);
  }

  /**
   * Makes sure that no table that is read has the name of a query.
   *
   * @throws GodwitException {@code USAGE} where one has
   */
  static void checkClash(Map<DatasetName, DatasetQuery> queries, List<Relation> taken) {
    for (Relation relation : taken) {
      if (queries.containsKey(relation.name())) {
        throw new GodwitException(
            ExitCode.USAGE,
            "--query " + relation.name().last() + " has the name of table " + relation.name(),
            "call the query otherwise, or leave the table out");
      }
    }
  }
}
