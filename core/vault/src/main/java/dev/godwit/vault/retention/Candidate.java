package dev.godwit.vault.retention;

import java.time.Instant;
import java.util.Set;

/**
 * A snapshot, as far as retention looks at it.
 *
 * @param id of the snapshot
 * @param source whose records it holds
 * @param scope what was asked of the source; snapshots of different scopes do not stand in for each
 *     other
 * @param finished when it was sealed, by the storage's clock
 * @param complete whether all that was asked is there
 * @param tags words that the user gave it
 * @param pinned whether a person said that it stays
 */
public record Candidate(
    String id,
    String source,
    String scope,
    Instant finished,
    boolean complete,
    Set<String> tags,
    boolean pinned) {
  /** Copies the tags. */
  public Candidate {
    tags = Set.copyOf(tags);
  }
}
