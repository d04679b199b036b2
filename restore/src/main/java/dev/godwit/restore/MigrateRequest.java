package dev.godwit.restore;

import dev.godwit.mapping.run.MappingRequest;
import dev.godwit.spi.extract.DatasetQuery;
import dev.godwit.spi.name.DatasetFilter;
import java.util.List;

/**
 * What is to be moved from one store into another.
 *
 * @param filter which datasets, records and columns
 * @param queries datasets to be made of queries; alone, unless the filter includes datasets too
 * @param mapping what becomes of them
 * @param create whether a missing database is to be made
 * @param again whether the source is read once more afterwards, as a proof does
 * @param goingOn what is done where it does not come to its end
 */
public record MigrateRequest(
    DatasetFilter filter,
    List<DatasetQuery> queries,
    MappingRequest mapping,
    boolean create,
    boolean again,
    GoingOn goingOn) {
  /** Copies the queries. */
  public MigrateRequest {
    queries = List.copyOf(queries);
  }

  /** Whether everything that the source holds is moved, and by its own names. */
  boolean movesAll() {
    return filter.takesAll() && queries.isEmpty() && mapping.keepsAll();
  }
}
