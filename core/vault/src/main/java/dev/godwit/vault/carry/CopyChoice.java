package dev.godwit.vault.carry;

import java.util.List;
import java.util.Optional;

/**
 * Which snapshots of a vault are to be copied.
 *
 * @param which each as {@link dev.godwit.vault.SnapshotChoice} says; empty for all
 * @param source only this source's; empty for those of any
 * @param tag only those with this tag; empty for any
 */
public record CopyChoice(List<String> which, Optional<String> source, Optional<String> tag) {
  /** Copies the list. */
  public CopyChoice {
    which = List.copyOf(which);
  }
}
