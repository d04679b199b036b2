package dev.godwit.vault;

import java.util.Optional;

/**
 * Which snapshot is meant.
 *
 * @param which {@code latest}, the beginning of an id (at least 4 digits), or {@code tag:WORD} for
 *     the newest with that tag
 * @param source whose; empty where the vault holds only one source
 */
public record SnapshotChoice(String which, Optional<String> source) {
  /** The newest complete snapshot of the vault's only source. */
  public static final SnapshotChoice LATEST = new SnapshotChoice("latest", Optional.empty());
}
