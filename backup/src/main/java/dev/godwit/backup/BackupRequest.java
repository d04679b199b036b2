package dev.godwit.backup;

import dev.godwit.spi.extract.DatasetQuery;
import dev.godwit.spi.extract.ExtractRequest;
import dev.godwit.spi.name.DatasetFilter;
import dev.godwit.spi.store.Source;
import java.util.List;
import java.util.Optional;

/**
 * What is to be backed up.
 *
 * @param filter which datasets, records and columns
 * @param queries datasets to be made of queries; alone, unless the filter includes datasets too
 * @param sourceName what the source is to be called instead of its own identity
 * @param tags words that the snapshot is to carry
 * @param keepGoing whether a dataset that fails is left out, and the snapshot sealed as not
 *     complete
 * @param verify whether the source is read again, at the same instant, and held against what the
 *     vault gives back
 */
public record BackupRequest(
    DatasetFilter filter,
    List<DatasetQuery> queries,
    Optional<String> sourceName,
    List<String> tags,
    boolean keepGoing,
    boolean verify) {
  /** What the source holds, and no queries. */
  public BackupRequest(
      DatasetFilter filter,
      Optional<String> sourceName,
      List<String> tags,
      boolean keepGoing,
      boolean verify) {
    this(filter, List.of(), sourceName, tags, keepGoing, verify);
  }

  /** What is read of a source. */
  ExtractRequest of(Source source) {
    return new ExtractRequest(source, filter, queries, keepGoing);
  }

  /** Copies the lists. */
  public BackupRequest {
    queries = List.copyOf(queries);
    tags = List.copyOf(tags);
  }
}
