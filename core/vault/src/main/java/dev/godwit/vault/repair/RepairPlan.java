package dev.godwit.vault.repair;

import java.util.List;
import java.util.Set;

/**
 * What is wrong with a vault, and what a repair will do.
 *
 * @param manifests of all snapshots that were looked at, by their paths: where there are others by
 *     then, they may need what is bent
 * @param findings snapshots that something is wrong with, oldest first; the others stay as they are
 * @param volumes that are bent, by their paths, with what is wrong; they are removed once no
 *     snapshot refers to them
 * @param lists that are bent, by their paths; removed likewise
 * @param foreign manifests and volumes of other vaults, by their paths: they may be as whole as
 *     they were, and stay
 * @param index what is wrong with the index
 * @param bundles of manifests that are bent
 */
public record RepairPlan(
    Set<String> manifests,
    List<Finding> findings,
    List<BentFile> volumes,
    List<String> lists,
    List<String> foreign,
    BentIndex index,
    List<String> bundles) {

  /** A file and what is wrong with it. */
  public record BentFile(String path, String what) {}

  /**
   * What is wrong with the index, all of which the volumes make good.
   *
   * @param segments that are bent, or name volumes that are not there, by their paths
   * @param uncovered volumes that no other segment covers, by their paths: a backup would store
   *     again what they hold, unless it adds them first
   * @param ofOthers volumes that no segment covers and that are of other writers or of no snapshot,
   *     by their paths: the next backup of whose they are adds them, and no repair with these keys
   */
  public record BentIndex(List<String> segments, List<String> uncovered, List<String> ofOthers) {
    /** Copies the lists. */
    public BentIndex {
      segments = List.copyOf(segments);
      uncovered = List.copyOf(uncovered);
      ofOthers = List.copyOf(ofOthers);
    }
  }

  /** Copies the lists. */
  public RepairPlan {
    manifests = Set.copyOf(manifests);
    findings = List.copyOf(findings);
    volumes = List.copyOf(volumes);
    lists = List.copyOf(lists);
    foreign = List.copyOf(foreign);
    bundles = List.copyOf(bundles);
  }

  /** Whether anything but the index and bundles has to be mended. */
  public boolean isNeeded() {
    return !findings.isEmpty() || !volumes.isEmpty() || !lists.isEmpty();
  }

  /** Whether anything is gone for good. */
  public boolean losesData() {
    return findings.stream()
        .anyMatch(
            finding ->
                finding instanceof Finding.Gone
                    || (finding instanceof Finding.Mended mended && !mended.isWhole()));
  }
}
