package dev.godwit.vault;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What a prune came to, or would.
 *
 * @param snapshots what became of each, oldest first
 * @param removed what was given back; of a dry run, what this prune would, volumes that are
 *     rewritten not counted
 * @param rewritten volumes of which little was needed, and how many bytes fewer they are now; of a
 *     dry run, would be
 * @param waiting what goes with a later prune, because a backup is at work or the storage's lists
 *     lag; of a dry run, because they lag
 * @param waitsFor who is at work, for people
 * @param restsUntil where the storage's lists lag: from when on a later prune removes the first of
 *     what is marked, by the oldest of the marks that lists show; empty where none rests
 * @param marksFrom where the storage's lists lag: from when on a later prune marks the first of
 *     what no mark names, for it was written too lately, or this is a dry run; it rests from then
 *     on; the same in every prune until then, and empty where all is marked
 * @param retained what may not be removed
 * @param remarks what else is worth knowing
 */
public record PruneReport(
    List<Fate> snapshots,
    Space removed,
    Space rewritten,
    Space waiting,
    List<String> waitsFor,
    Optional<Instant> restsUntil,
    Optional<Instant> marksFrom,
    List<Retained> retained,
    List<String> remarks) {
  /** Copies the lists. */
  public PruneReport {
    snapshots = List.copyOf(snapshots);
    waitsFor = List.copyOf(waitsFor);
    retained = List.copyOf(retained);
    remarks = List.copyOf(remarks);
  }

  /** Some files, and the bytes that they took. */
  public record Space(long files, long bytes) {
    /** None. */
    public static final Space NONE = new Space(0, 0);

    /** This and one file more. */
    public Space plus(long more) {
      return new Space(files + 1, bytes + more);
    }

    /** Both together. */
    public Space plus(Space more) {
      return new Space(files + more.files, bytes + more.bytes);
    }
  }

  /**
   * What became of a snapshot.
   *
   * @param snapshot which
   * @param kept whether it stays
   * @param reasons why
   */
  public record Fate(SnapshotHead snapshot, boolean kept, List<String> reasons) {
    /** Copies the reasons. */
    public Fate {
      reasons = List.copyOf(reasons);
    }
  }

  /**
   * Files of one kind that may not be removed.
   *
   * @param kind the folder of the vault that they lie in, such as {@code volumes}
   * @param files how many
   * @param bytes that they take
   * @param until when the last of them may go; empty where the storage does not say, or forbids it
   *     to this user
   */
  public record Retained(String kind, long files, long bytes, Optional<Instant> until) {}
}
