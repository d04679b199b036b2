package dev.godwit.extractor.postgresql.read;

import dev.godwit.extractor.postgresql.type.PgColumn;
import dev.godwit.extractor.postgresql.type.PgType;
import dev.godwit.extractor.postgresql.type.TypeCatalogue;
import dev.godwit.extractor.postgresql.type.TypeMap;
import dev.godwit.spi.dataset.Dataset;
import dev.godwit.spi.error.ExitCode;
import dev.godwit.spi.error.GodwitException;
import dev.godwit.spi.name.DatasetFilter;
import dev.godwit.spi.name.DatasetName;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.arrow.vector.types.pojo.Schema;

/** The queries of a run as datasets, in their order. Immutable. */
final class QueryTables {
  private final Map<DatasetName, QueryTable> tables = new LinkedHashMap<>();

  /**
   * The queries, with the columns that the filter takes of them.
   *
   * @throws GodwitException {@code USAGE} where the filter names a column that a query has not, or
   *     a column is of a type that no table has
   */
  QueryTables(List<DescribedQuery> queries, TypeCatalogue types, DatasetFilter filter) {
    TypeMap map = new TypeMap(types);
    for (DescribedQuery query : queries) {
      List<PgColumn> columns = chosen(query, all(query, types), filter);
      List<String> names = columns.stream().map(PgColumn::name).toList();
      List<String> key = query.query().key();
      Dataset dataset =
          new Dataset(
                  query.name(),
                  "query",
                  new Schema(columns.stream().map(map::field).toList()),
                  names.containsAll(key) ? key : List.of(),
                  names.containsAll(key) ? key : List.of(),
                  List.of(),
                  List.of(),
                  "",
                  Dataset.Estimate.UNKNOWN,
                  Map.of())
              .asNeutral();
      tables.put(query.name(), new QueryTable(dataset, columns, query.from()));
    }
  }

  private static List<PgColumn> all(DescribedQuery query, TypeCatalogue types) {
    List<PgColumn> columns = new ArrayList<>();
    for (DescribedQuery.Column column : query.columns()) {
      PgType type = types.type(column.type());
      if (type.shape() instanceof PgType.Shape.Other) {
        throw new GodwitException(
            ExitCode.USAGE,
            "--query %s: column %s is of type %s, which no table has"
                .formatted(query.query().name(), column.name(), column.nativeType()),
            "cast it to a type of its own, or make jsonb of it with to_jsonb");
      }
      columns.add(
          new PgColumn(
              column.name(), type, column.modifier(), column.nativeType(), false, false, false));
    }
    return columns;
  }

  private static List<PgColumn> chosen(
      DescribedQuery query, List<PgColumn> all, DatasetFilter filter) {
    Optional<List<String>> wanted = filter.columnsFor(query.name());
    if (wanted.isEmpty()) {
      return all;
    }
    List<PgColumn> chosen = new ArrayList<>();
    for (String name : wanted.get()) {
      chosen.add(
          all.stream()
              .filter(c -> c.name().equals(name))
              .findFirst()
              .orElseThrow(() -> Tables.noColumn(query.name(), name, all)));
    }
    return chosen;
  }

  /** The datasets. */
  Stream<Dataset> datasets() {
    return tables.values().stream().map(QueryTable::dataset);
  }

  /** The query behind a dataset; empty where it is a table. */
  Optional<QueryTable> table(DatasetName name) {
    return Optional.ofNullable(tables.get(name));
  }
}
