package dev.godwit.vault;

import dev.godwit.spi.store.Source;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What is known of a snapshot without reading it: of an encrypted vault, with a writer's key alone.
 *
 * @param id of the snapshot
 * @param source whose records these are
 * @param scope what was asked: in an encrypted vault a keyed hash of it, the same for the same
 *     writer, source and scope
 * @param started when the run began, by the storage's clock
 * @param finished when it ended, by the storage's clock
 * @param complete whether all that was asked is there
 * @param tags words that the user gave it
 * @param contents id of the list of its datasets
 * @param objects id of the list of its schema objects; empty where it has none
 * @param references id of the list of all that it refers to; empty where the vault is not
 *     encrypted, for then its contents say so
 * @param copiedFrom where a copy was first made, as {@link Manifest.Origin#text}: in an encrypted
 *     vault a keyed hash of that; empty where it was made in this vault
 * @param writer id of the writer whose blocks it refers to; empty where the vault is not encrypted
 */
public record SnapshotHead(
    String id,
    Source source,
    String scope,
    Instant started,
    Instant finished,
    boolean complete,
    List<String> tags,
    String contents,
    Optional<String> objects,
    Optional<String> references,
    Optional<String> copiedFrom,
    Optional<String> writer) {
  /** Copies the tags. */
  public SnapshotHead {
    tags = List.copyOf(tags);
  }
}
