package dev.godwit.vault.check;

import dev.godwit.spi.error.GodwitException;
import dev.godwit.vault.block.BlockRef;
import dev.godwit.vault.block.VolumeId;
import dev.godwit.vault.file.Layout;
import dev.godwit.vault.moved.MovedBlocks;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Looks whether a block that a list names is there, wherever it lies by now. Safe for use by many
 * threads.
 */
final class BlockCheck {
  private final VolumeCheck volumes;
  private final VolumeTables tables;
  private final MovedBlocks moved;
  private final Findings findings;
  private final Set<VolumeId> referred = ConcurrentHashMap.newKeySet();

  BlockCheck(VolumeCheck volumes, VolumeTables tables, MovedBlocks moved, Findings findings) {
    this.volumes = volumes;
    this.tables = tables;
    this.moved = moved;
    this.findings = findings;
  }

  /** The volumes that any list refers to. */
  Set<VolumeId> referred() {
    return referred;
  }

  /**
   * Looks at one.
   *
   * @param list the path of the list that names it
   * @param hit what is lost without it
   * @return whether nothing is wrong
   */
  boolean check(BlockRef ref, String list, String hit) {
    referred.add(ref.volume());
    if (!volumes.isWhole(ref.volume())) {
      Optional<BlockRef> next = moved.find(ref);
      if (next.isPresent()) {
        volumes.checkIfNew(next.get().volume());
        return check(next.get(), list, hit);
      } else {
        findings.missing(Layout.volume(ref.volume()), hit);
      }
    } else if (volumes.isBroken(ref)) {
      findings.hit(Layout.volume(ref.volume()), hit);
    } else {
      return checkPlace(ref, list, hit);
    }
    return false;
  }

  private boolean checkPlace(BlockRef ref, String list, String hit) {
    boolean holds;
    try {
      holds = tables.of(ref.volume()).holds(ref);
    } catch (GodwitException e) {
      BlockRef next = moved.find(ref).orElseThrow(() -> e); // rewritten since it was looked at
      volumes.checkIfNew(next.volume());
      return check(next, list, hit);
    }
    if (!holds) {
      findings.damage(
          list, "names a block that " + Layout.volume(ref.volume()) + " does not hold", hit);
    }
    return holds;
  }
}
