package dev.godwit.backup;

import dev.godwit.spi.name.DatasetFilter;
import java.util.List;
import java.util.Optional;

/**
 * What is to be backed up.
 *
 * @param filter which datasets, records and columns
 * @param sourceName what the source is to be called instead of its own identity
 * @param tags words that the snapshot is to carry
 * @param keepGoing whether a dataset that fails is left out, and the snapshot sealed as not
 *     complete
 * @param verify whether the source is read again, at the same instant, and held against what the
 *     vault gives back
 */
public record BackupRequest(
    DatasetFilter filter,
    Optional<String> sourceName,
    List<String> tags,
    boolean keepGoing,
    boolean verify) {
  /** Copies the tags. */
  public BackupRequest {
    tags = List.copyOf(tags);
  }
}
