package dev.godwit.spi.extract;

import dev.godwit.spi.error.ExitCode;
import dev.godwit.spi.error.GodwitException;
import dev.godwit.spi.name.DatasetFilter;
import dev.godwit.spi.name.DatasetPattern;
import dev.godwit.spi.store.Source;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What is to be read.
 *
 * @param source one of the extractor's sources
 * @param filter which of its datasets, records and columns
 * @param queries datasets to be made, beside those that the filter includes by name; where there
 *     are queries and it includes none, nothing but the queries is read
 * @param keepGoing whether datasets that may not be read are shown all the same, each to fail when
 *     it is opened; else the run is refused as it begins
 */
public record ExtractRequest(
    Source source, DatasetFilter filter, List<DatasetQuery> queries, boolean keepGoing) {
  private static final DatasetPattern ANY = DatasetPattern.parse("*");

  /** Copies the queries. */
  public ExtractRequest {
    queries = List.copyOf(queries);
  }

  /** What may be read of it is all or nothing. */
  public ExtractRequest(Source source, DatasetFilter filter, List<DatasetQuery> queries) {
    this(source, filter, queries, false);
  }

  /** What the source holds, and no queries. */
  public ExtractRequest(Source source, DatasetFilter filter) {
    this(source, filter, List.of());
  }

  /** Which of the datasets that the source holds are read beside the queries. */
  public DatasetFilter stored() {
    return queries.isEmpty() || !filter.include().isEmpty()
        ? filter
        : new DatasetFilter(List.of(), List.of(ANY), filter.where(), filter.columns());
  }

  /** As {@link DatasetFilter#scope}, with the queries. */
  public String scope() {
    return Stream.concat(Stream.of(filter.scope()), queries.stream().map(DatasetQuery::toString))
        .filter(part -> !part.isEmpty())
        .collect(Collectors.joining(" "));
  }

  /**
   * What a source says that makes no datasets of queries.
   *
   * @throws GodwitException {@code USAGE} if there are any
   */
  public void refuseQueries(String engine) {
    if (!queries.isEmpty()) {
      throw new GodwitException(
          ExitCode.USAGE,
          "no query can be asked of " + engine,
          "leave --query out, and choose datasets with --include");
    }
  }
}
