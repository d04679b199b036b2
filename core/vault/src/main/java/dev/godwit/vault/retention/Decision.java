package dev.godwit.vault.retention;

import java.util.List;

/**
 * What becomes of a snapshot, and why.
 *
 * @param snapshot which one
 * @param kept whether it stays
 * @param reasons for people, such as {@code daily 2026-11-20}; never empty
 */
public record Decision(Candidate snapshot, boolean kept, List<String> reasons) {
  /** Copies the reasons. */
  public Decision {
    reasons = List.copyOf(reasons);
  }
}
